import { resolve } from "node:path";
import { type ClusterState, clusterState } from "../../cluster/clusterState";
import { ASK_EVERY, Queue } from "../../cluster/queue";
import { readJobs } from "../../cluster/records";
import { unitStates } from "../../cluster/unitStates";
import { refuse, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { pause } from "../../maps/units/waiting";
import { isLive } from "../../run/state";
import { type CommandTerminal, defineCommand } from "../command";
import { textTable } from "../terminal/textTable";

/** A wait in the queue that is worth a word. Minutes. */
const LONG = 60;

export const status = defineCommand({
  name: "status",
  summary:
    "Says how far the jobs of a MAPS are on a cluster, asking its scheduler at most once in ten seconds.",
  arguments: [{ name: "MAPS", text: "folder that was submitted", completes: "folder" }],
  options: { follow: { kind: "flag", text: "says it again whenever it changes, until all have ended" } },
  examples: ["status maps", "status maps --follow"],
  async run({ MAPS }, { follow }, terminal) {
    const maps = resolve(MAPS);
    const queue = new Queue();
    let said = "";
    for (;;) {
      const { state, problems } = await lookAtJobs(maps, queue);
      const text = table(state, terminal);
      if (!follow || !isUnderway(state)) {
        for (const found of problems) terminal.warn(found);
        return { result: { maps, ...state }, show: () => terminal.print(text) };
      }
      if (text !== said) terminal.say(`${text}\n`);
      said = text;
      await pause(ASK_EVERY, undefined);
    }
  },
});

async function lookAtJobs(
  maps: string,
  queue: Queue,
): Promise<{ readonly state: ClusterState; readonly problems: readonly Problem[] }> {
  const records = await readJobs(maps);
  if (records === null) throw refuse("cluster.no-jobs", { file: maps });
  const rows = await queue.rows();
  const state = clusterState(records, await unitStates(records), rows);
  const silent = rows === null ? [warning("cluster.no-slurm", {}, { reason: "squeue" })] : [];
  const node = state.check?.blindNode ?? null;
  const blind = node === null ? [] : [warning("cluster.other-disk", { file: maps }, { node })];
  return { state, problems: [...records.problems, ...silent, ...blind, ...slow(state, maps)] };
}

/** A first job that waits for hours may never start: the scheduler knows why. */
function slow({ check, units }: ClusterState, maps: string): Problem[] {
  const waiting = units.filter(({ state }) => state === "queued");
  const since = Math.min(...waiting.map((unit) => unit.since));
  const minutes = Math.floor((Date.now() - since) / 60_000);
  if (waiting.length === 0 || minutes < LONG || units.some(({ state }) => isLive(state))) return [];
  const reason = check?.reason ?? waiting[0]?.reason ?? "";
  return [warning("cluster.not-started", { file: maps }, { minutes, reason })];
}

const isUnderway = ({ units, check, join }: ClusterState): boolean =>
  [...units, check, join].some((one) => one !== null && (one.state === "queued" || isLive(one.state)));

function table({ units, check, join }: ClusterState, terminal: CommandTerminal): string {
  const say = terminal.text;
  const header = [
    say("cluster-unit"),
    say("cluster-network"),
    say("cluster-state"),
    say("cluster-since"),
    say("cluster-node"),
    say("cluster-requeued"),
    say("cluster-reason"),
  ];
  const rows = units.map(({ split, network, state, since, node, requeued, reason }) => [
    String(split),
    network === null ? "" : String(network),
    state,
    new Date(since).toISOString().slice(0, 16),
    node ?? "",
    requeued === 0 ? "" : String(requeued),
    reason ?? "",
  ]);
  const jobs = (
    [
      ["cluster-check", check],
      ["cluster-join", join],
    ] as const
  ).flatMap(([name, job]) =>
    job === null ? [] : [[say(name), "", job.state, "", "", "", job.reason ?? ""]],
  );
  return textTable(header, [...jobs.slice(0, 1), ...rows, ...jobs.slice(1)]);
}
