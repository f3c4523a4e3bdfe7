import { resolve } from "node:path";
import { blindNodeProblems } from "../../cluster/blindNode";
import { type ClusterState, clusterState } from "../../cluster/clusterState";
import { endOfLog } from "../../cluster/endOfLog";
import { type PredictionState, predictionState } from "../../cluster/predictionState";
import { readAllPredictions, readPredictionFiles } from "../../cluster/predictions";
import { ASK_EVERY, Queue } from "../../cluster/queue";
import { readJobs } from "../../cluster/records";
import { unitStates } from "../../cluster/unitStates";
import { refuse, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { pause } from "../../maps/units/waiting";
import { foldStates, goesOn, isLive, type RunState } from "../../run/state";
import { type CommandTerminal, defineCommand } from "../command";
import { textTable } from "../terminal/textTable";

/** A wait in the queue that is worth a word. Minutes. */
const LONG = 60;

export const status = defineCommand({
  name: "status",
  summary:
    "Says how far the trainings and predictions of a MAPS are on a cluster, asking its scheduler at most once in ten seconds.",
  arguments: [{ name: "MAPS", text: "folder that was submitted", completes: "folder" }],
  options: { follow: { kind: "flag", text: "says it again whenever it changes, until all have ended" } },
  remarks: [
    "With --json, `state` is that of all jobs together, of the training and of predictions alike; `predictions` has the state of each group.",
  ],
  examples: ["status maps", "status maps --follow"],
  async run({ MAPS }, { follow }, terminal) {
    const maps = resolve(MAPS);
    const queue = new Queue();
    let said = "";
    for (;;) {
      const { state, predictions, problems } = await lookAtJobs(maps, queue);
      const tables = [
        ...(state === null ? [] : [table(state, terminal)]),
        ...predictions.map((one) => predictionTable(one, terminal)),
      ];
      const text = tables.join("\n\n");
      const jobs = [
        ...(state === null ? [] : [...state.units, state.check, state.join]),
        ...predictions.flatMap(({ parts, join }) => [...parts, join]),
      ];
      if (!follow || !jobs.some((job) => job !== null && goesOn(job.state))) {
        for (const found of problems) terminal.warn(found);
        const ends = await endsOfLogs(jobs);
        const show = () => {
          terminal.print(text);
          for (const { log, lines } of ends) terminal.say(`\n${log}\n${lines}`);
        };
        return {
          result: { maps, ...(state ?? NO_TRAINING), state: wholeOf(state, predictions), predictions },
          show,
        };
      }
      if (text !== said) terminal.say(`${text}\n`);
      said = text;
      await pause(ASK_EVERY, undefined);
    }
  },
});

/** Where predictions alone were submitted. */
const NO_TRAINING = { units: [], check: null, join: null } as const;

/** The state of everything that was submitted. */
const wholeOf = (training: ClusterState | null, predictions: readonly PredictionState[]): RunState =>
  foldStates([...(training === null ? [] : [training]), ...predictions].map(({ state }) => state));

interface Seen {
  /** Null where no training was submitted. */
  readonly state: ClusterState | null;
  readonly predictions: readonly PredictionState[];
  readonly problems: readonly Problem[];
}

async function lookAtJobs(maps: string, queue: Queue): Promise<Seen> {
  const records = await readJobs(maps);
  const groups = await readAllPredictions(maps);
  if (records === null && groups.length === 0) throw refuse("cluster.no-jobs", { file: maps });
  const rows = await queue.rows();
  const files = await Promise.all(groups.map(readPredictionFiles));
  const predictions = files.map((one) => predictionState(one, rows));
  const silent = rows === null ? [warning("cluster.no-slurm", {}, { reason: "squeue" })] : [];
  if (records === null) return { state: null, predictions, problems: silent };
  const state = clusterState(records, await unitStates(records), rows);
  const problems = [...records.problems, ...silent, ...blindNodeProblems(state, maps), ...slow(state, maps)];
  return { state, predictions, problems };
}

/** Jobs whose logs are shown: a hundred that failed failed of one thing. */
const MOST_LOGS = 3;

async function endsOfLogs(
  jobs: readonly ({ readonly state: RunState; readonly log: string | null } | null)[],
): Promise<{ readonly log: string; readonly lines: string }[]> {
  const logs = jobs.flatMap((job) => (job?.state === "failed" && job.log !== null ? [job.log] : []));
  return await Promise.all(
    logs.slice(0, MOST_LOGS).map(async (log) => ({ log, lines: await endOfLog(log) })),
  );
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

function predictionTable({ group, parts, join }: PredictionState, terminal: CommandTerminal): string {
  const say = terminal.text;
  const header = [say("cluster-part"), say("cluster-state"), say("cluster-node"), say("cluster-reason")];
  const rows = [...parts, join].map(({ state, node, reason }, place) => [
    place === parts.length ? say("cluster-join") : String(place),
    state,
    node ?? "",
    reason ?? "",
  ]);
  return `${say("cluster-group", { group })}\n${textTable(header, rows)}`;
}
