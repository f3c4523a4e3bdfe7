/** What a cluster has, as `sinfo` tells it, and whether a profile asks for more. */
import { problem, warning } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
import type { Problem } from "../experiment/problems/problem";
import type { Profile } from "./profile";
import { resources } from "./script";
import type { RunSlurm } from "./slurm";

/** Nodes of a partition that are alike. */
export interface Nodes {
  readonly partition: string;
  readonly isDefault: boolean;
  /** Null for no limit. */
  readonly minutes: number | null;
  readonly cores: number;
  readonly memoryMb: number;
  /** `gpu:a100:4` */
  readonly gres: readonly string[];
  /** Whether the partition starts jobs; where it does not, they wait in its queue. */
  readonly isUp: boolean;
  /** As SLURM calls it: `idle`, `drained`, `down*`. */
  readonly state: string;
  /** Why they are out of service, in the words of those who run the cluster; "" where nobody said. */
  readonly why: string;
}

const FORMAT = "%P|%l|%c|%m|%G|%a|%T|%E";

/** Lines of `sinfo --format=%P|%l|%c|%m|%G|%a|%T|%E`; what is none is passed over. */
export function nodesOf(output: string): Nodes[] {
  return output.split("\n").flatMap((line) => {
    const [name, limit, cores, memory, gres, available, state = "", ...why] = line.trim().split("|");
    if (name === undefined || limit === undefined || gres === undefined) return [];
    return [
      {
        partition: name.replace(/\*$/, ""),
        isDefault: name.endsWith("*"),
        minutes: minutesOf(limit),
        cores: Number.parseInt(cores ?? "", 10) || 0,
        memoryMb: Number.parseInt(memory ?? "", 10) || 0,
        gres: gres === "(null)" ? [] : gres.replace(/\([^)]*\)/g, "").split(","),
        isUp: available !== "down",
        state,
        why: why.join("|").replace(/^none$/i, ""),
      },
    ];
  });
}

/** `1-02:03:04`, `02:03:04`, `03:04`, `infinite` */
export function minutesOf(limit: string): number | null {
  const [, days = "0", rest = ""] = /^(?:(\d+)-)?([\d:]+)$/.exec(limit) ?? [];
  if (rest === "") return null;
  const parts = rest.split(":").map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = parts.length === 3 ? parts : [0, ...parts];
  return (Number(days) * 24 + hours) * 60 + minutes + seconds / 60;
}

/** Everything that this cluster cannot give, and as a warning that it gives it later; asks `sinfo`, `sacctmgr` where it answers, and `sbatch` whether it would take such a job. */
export async function profileProblems(
  profile: Profile,
  run: RunSlurm,
  user: string,
  file?: string,
): Promise<Problem[]> {
  const { code, output, errors } = await run("sinfo", ["--noheader", `--format=${FORMAT}`]);
  const nodes = code === 0 ? nodesOf(output) : [];
  if (nodes.length === 0) return [problem("cluster.no-slurm", {}, { reason: errors.trim() || "sinfo" })];
  const found = [
    ...partitionProblems(profile, nodes, file),
    ...(await accountProblems(profile, run, user, file)),
  ];
  if (found.length > 0) return found;
  const asked = await run("sbatch", ["--test-only", ...resources(profile)], "#!/bin/bash\n:\n");
  const there = nodesFor(profile, nodes);
  if (asked.code === 0) return downProblems(there, file);
  const out = outOfService(profile, there, file);
  if (out !== null) return [out];
  return [
    problem(
      "cluster.refused",
      { file },
      { reason: asked.errors.replace(/^sbatch: (?:error: )?/gm, "").trim() },
    ),
  ];
}

const partitionOf = (profile: Profile, all: readonly Nodes[]): string =>
  profile.partition ?? (all.find(({ isDefault }) => isDefault) ?? all[0])?.partition ?? "";

const nodesFor = (profile: Profile, all: readonly Nodes[]): Nodes[] =>
  all.filter(({ partition }) => partition === partitionOf(profile, all));

/** A partition that is down takes jobs, and starts none. */
function downProblems([first]: readonly Nodes[], file: string | undefined): Problem[] {
  if (first === undefined || first.isUp) return [];
  const { partition } = first;
  return [warning("cluster.partition-down", { file }, { partition })];
}

/** Words of states in which a node starts no job until somebody brings it back. */
const OUT_OF_SERVICE = /^(?:drain|down|fail|maint|error|unknown|reboot|inval|power(?:ed|ing)_down)/;

/** Why none of the nodes that have enough takes a job; null where one does. */
function outOfService(profile: Profile, nodes: readonly Nodes[], file: string | undefined): Problem | null {
  const { cpus, memory_gb: memory = 0, gpu } = profile;
  const enough = nodes.filter(
    ({ cores, memoryMb, gres }) =>
      cores >= cpus &&
      memoryMb >= 1024 * memory &&
      (gpu === undefined || gres.some((one) => suffices(one, gpu))),
  );
  const [first] = enough;
  if (first === undefined || !enough.every(({ state }) => OUT_OF_SERVICE.test(state))) return null;
  const states = [...new Set(enough.map(({ state, why }) => (why === "" ? state : `${state} (${why})`)))];
  return problem("cluster.out-of-service", { file }, { partition: first.partition, states });
}

function partitionProblems(profile: Profile, all: readonly Nodes[], file: string | undefined): Problem[] {
  const known = [...new Set(all.map(({ partition }) => partition))];
  const partition = partitionOf(profile, all);
  const nodes = nodesFor(profile, all);
  if (nodes.length === 0)
    return [problem("cluster.no-partition", { file, where: "partition" }, { partition, known })];
  const { cpus, memory_gb: memory, minutes, gpu } = profile;
  const found: Problem[] = [];
  const tooLarge = (key: "cpus" | "memory_gb", asked: number, most: number) => {
    const what = phrase(key === "cpus" ? "cluster-cores" : "cluster-memory");
    found.push(problem("cluster.too-large", { file, where: key }, { partition, asked, what, most, key }));
  };
  const cores = Math.max(...nodes.map((one) => one.cores));
  if (cpus > cores) tooLarge("cpus", cpus, cores);
  const gigabytes = Math.max(...nodes.map(({ memoryMb }) => memoryMb)) / 1024;
  if (memory !== undefined && memory > gigabytes)
    tooLarge("memory_gb", memory, Math.floor(10 * gigabytes) / 10);
  const limit = nodes[0]?.minutes ?? null;
  if (minutes !== undefined && limit !== null && minutes > limit) {
    const values = { asked: minutes, partition, most: limit };
    found.push(problem("cluster.partition-time", { file, where: "minutes" }, values));
  }
  if (gpu !== undefined && !nodes.some(({ gres }) => gres.some((one) => suffices(one, gpu)))) {
    const there = [...new Set(nodes.flatMap(({ gres }) => gres))];
    const values = { partition, asked: gpu, known: there.length === 0 ? [phrase("none")] : there };
    found.push(problem("cluster.no-gpu", { file, where: "gpu" }, values));
  }
  return found;
}

/** Whether a node with `gpu:a100:4` gives what `gpu:2` asks. */
function suffices(has: string, asked: string): boolean {
  const there = gresOf(has);
  const wanted = gresOf(asked);
  if (there.name !== wanted.name || there.count < wanted.count) return false;
  return wanted.type === null || there.type === wanted.type;
}

function gresOf(gres: string): { name: string; type: string | null; count: number } {
  const [name = "", ...rest] = gres.split(":");
  const last = rest.at(-1);
  const count = last !== undefined && /^\d+$/.test(last) ? Number(rest.pop()) : 1;
  return { name, type: rest[0] ?? null, count };
}

/** Clusters without a data base of accounts know none, and take any. */
async function accountProblems(
  { account }: Profile,
  run: RunSlurm,
  user: string,
  file: string | undefined,
): Promise<Problem[]> {
  if (account === undefined) return [];
  const words = ["--noheader", "--parsable2", "show", "associations", "format=Account", `user=${user}`];
  const { code, output } = await run("sacctmgr", words);
  const known = [...new Set(output.split("\n").map((line) => line.trim()))].filter((name) => name !== "");
  if (code !== 0 || known.length === 0 || known.includes(account)) return [];
  return [problem("cluster.no-account", { file, where: "account" }, { account, user, known })];
}
