import { describe, expect, it } from "vitest";
import { minutesOf, profileProblems } from "../../../src/cluster/nodes";
import { NO_PROFILE, type Profile } from "../../../src/cluster/profile";
import type { Answer, RunSlurm } from "../../../src/cluster/slurm";

const said = (output: string): Answer => ({ code: 0, output, errors: "" });
const failed = (errors: string, code: number | null = 1): Answer => ({ code, output: "", errors });

/** Lines as SLURM 22.05 prints them. */
const SINFO =
  "main*|1:00:00|2|8000|(null)\ngpu|2-00:00:00|64|256000|gpu:a100:4(S:0-1)\ngpu|2-00:00:00|32|512000|gpu:v100:2\n";

const cluster =
  (answers: Partial<Record<string, Answer>> = {}): RunSlurm =>
  async (program) =>
    answers[program] ??
    {
      sinfo: said(SINFO),
      sbatch: said(""),
      sacctmgr: failed("You are not running a supported accounting_storage plugin"),
    }[program as string] ??
    failed("no such program", null);

const problemsOf = async (profile: Partial<Profile>, answers: Partial<Record<string, Answer>> = {}) =>
  await profileProblems({ ...NO_PROFILE, ...profile }, cluster(answers), "somebody");

describe("a profile held against a cluster", () => {
  it("is taken where a node of its partition suffices", async () => {
    expect(await problemsOf({ cpus: 2, memory_gb: 7.5, minutes: 60 })).toEqual([]);
    expect(await problemsOf({ partition: "gpu", cpus: 64, memory_gb: 500, gpu: "gpu:2" })).toEqual([]);
    expect(await problemsOf({ partition: "gpu", gpu: "gpu:a100:4", account: "any" })).toEqual([]);
  });

  it.each([
    ["cluster.no-partition", "partition", { partition: "none" }],
    ["cluster.too-large", "cpus", { cpus: 3 }],
    ["cluster.too-large", "memory_gb", { memory_gb: 9 }],
    ["cluster.partition-time", "minutes", { minutes: 61 }],
    ["cluster.no-gpu", "gpu", { gpu: "gpu" }],
    ["cluster.no-gpu", "gpu", { partition: "gpu", gpu: "gpu:v100:3" }],
    ["cluster.no-gpu", "gpu", { partition: "gpu", gpu: "gpu:h100" }],
  ])("is refused with %s at %s", async (code, where, profile) => {
    expect(await problemsOf(profile)).toMatchObject([{ code, where }]);
  });

  it("is refused for all that is too much at once", async () => {
    expect(await problemsOf({ cpus: 3, memory_gb: 9, minutes: 100, gpu: "gpu" })).toHaveLength(4);
  });

  it("names the accounts of the user, where the cluster knows accounts", async () => {
    const sacctmgr = said("neuro\nother\n");
    expect(await problemsOf({ account: "neuro" }, { sacctmgr })).toEqual([]);
    const [found] = await problemsOf({ account: "none" }, { sacctmgr });
    expect(found).toMatchObject({ code: "cluster.no-account", where: "account" });
    expect(found?.remedy).toContain("neuro, other");
  });

  it("gives the words of the scheduler where it refuses for another reason", async () => {
    const sbatch = failed("sbatch: error: Batch job submission failed: Invalid qos specification\n");
    const [found] = await problemsOf({}, { sbatch });
    expect(found).toMatchObject({ code: "cluster.refused" });
    expect(found?.message).toContain("Invalid qos specification");
  });

  it("says that the nodes are out of service where all that have enough are, with what was said of it", async () => {
    const sbatch = failed("allocation failure: Requested node configuration is not available");
    const small = "main*|1:00:00|2|8000|(null)|up|idle|none\n";
    const large = "main*|1:00:00|8|8000|(null)|up|drained*|Low RealMemory | disk\n";
    const told = async (cpus: number, lines: string) =>
      (await problemsOf({ cpus }, { sbatch, sinfo: said(lines) })).map(({ code, message }) => [
        code,
        message,
      ]);
    expect(await told(4, small + large)).toEqual([
      ["cluster.out-of-service", expect.stringContaining("drained* (Low RealMemory | disk)")],
    ]);
    expect(await told(2, small + large)).toMatchObject([["cluster.refused", expect.any(String)]]);
    expect(await told(4, large.replace("drained*", "down").replace(/Low.*/, "none"))).toEqual([
      ["cluster.out-of-service", expect.stringContaining(": down.")],
    ]);
  });

  it("warns of a partition that takes jobs and starts none", async () => {
    const sinfo = said("main*|1:00:00|2|8000|(null)|down|idle|none\n");
    expect(await problemsOf({}, { sinfo })).toMatchObject([
      { code: "cluster.partition-down", severity: "warning" },
    ]);
  });

  it("says where there is no SLURM", async () => {
    expect(await problemsOf({}, { sinfo: failed("ENOENT", null) })).toMatchObject([
      { code: "cluster.no-slurm" },
    ]);
  });

  it("reads limits as SLURM writes them", () => {
    expect(["30:00", "1:00:00", "2-00:00:00", "infinite"].map(minutesOf)).toEqual([30, 60, 2880, null]);
  });
});
