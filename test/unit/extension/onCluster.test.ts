import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asReplyProblem } from "../../../src/cli/terminal/printReply";
import type { ClusterState, ClusterUnit } from "../../../src/cluster/clusterState";
import type { PredictionJob, PredictionState } from "../../../src/cluster/predictionState";
import { writePrediction } from "../../../src/cluster/predictions";
import type { QueueRow } from "../../../src/cluster/queue";
import { writeSubmission } from "../../../src/cluster/records";
import { warning } from "../../../src/experiment/problems/makeProblem";
import { clusterWords, failureWords, unitWords } from "../../../src/extension/cluster/clusterWords";
import { givenJobs, givenPrediction } from "../../../src/extension/cluster/givenJobs";
import {
  jobWords,
  logsOf,
  predictionLines,
  predictionWords,
} from "../../../src/extension/cluster/predictionWords";
import { ASK_AGAIN_EVERY, ASK_EVERY, QueueWatch } from "../../../src/extension/cluster/queueWatch";
import { onCluster } from "../../../src/extension/cluster/readCluster";
import { warningWords } from "../../../src/extension/cluster/warningWords";
import { withCluster } from "../../../src/extension/cluster/withCluster";
import { canCancelJobs, changesByItself } from "../../../src/extension/experiments/mapsView";
import {
  childrenOf,
  type GroupNode,
  type GroupsNode,
  type MapsNode,
  type Node,
  type SplitNode,
} from "../../../src/extension/experiments/nodes";
import { mapsTooltip, treeItem } from "../../../src/extension/experiments/treeItems";
import { mapsPlace } from "../../../src/maps/folder/place";
import type { MapsSummary } from "../../../src/maps/folder/summary";
import type { RunState } from "../../../src/run/state";
import { temporaryFolder } from "../../support/folder";
import { mapsView } from "../../support/mapsViews";

const unit = (split: number, given: Partial<ClusterUnit> = {}): ClusterUnit => ({
  split,
  network: null,
  state: "queued",
  reason: null,
  node: null,
  since: Date.now(),
  requeued: 0,
  log: null,
  submission: "gyrus-0123456789abcdef0123456789abcdef",
  job: 12,
  task: split,
  ...given,
});

const job = (state: RunState) => ({ state, reason: null, log: null, blindNode: null });

const cluster = (
  units: readonly ClusterUnit[],
  { check = "finished", join = "queued" }: { check?: RunState; join?: RunState } = {},
) => ({ units, check: job(check), join: job(join), state: "queued" as const, problems: [] });

const summary = (given: Partial<MapsSummary> = {}): MapsSummary => ({
  maps: "/data/maps_demo",
  status: "interrupted",
  end: null,
  failure: null,
  trainers: [],
  settings: {
    task: "classification",
    architecture: "Conv5_FC3",
    epochs: 20,
    label: "diagnosis",
    classes: [],
    selectionMetrics: ["loss"],
    patience: 0,
    tolerance: 0,
    gyrusVersion: "0.1.0",
  },
  progress: null,
  splits: [],
  groups: [],
  problems: [],
  changed: 0,
  ...given,
});

describe("a MAPS with jobs on a cluster", () => {
  it("says so where it stands in a folder that a node does not see", async () => {
    const maps = temporaryFolder();
    const id = `gyrus-${"a".repeat(32)}`;
    await writeSubmission(maps, {
      ...{ version: 1, id, user: "somebody", host: "login", submitted: 1 },
      jobs: { check: 11, array: 12, join: 13 },
      units: [{ task: 0, split: 0, network: null }],
      ...{ engine: "onnx", threads: 1 },
    });
    const row = { job: 11, task: null, user: "somebody", node: "node7", comment: id, reason: "" };
    const codes = async (state: string) => {
      const { queue, readCluster } = onCluster(async () => [{ ...row, state }]);
      await queue.askNow();
      return (await readCluster(summary({ maps }))).training?.problems.map(({ code, message }) => [
        code,
        message.includes("node7"),
      ]);
    };
    expect(await codes("FAILED")).toEqual([["cluster.other-disk", true]]);
    expect(await codes("CANCELLED")).toEqual([]);
  });

  it("has the splits that wait for a job, although they have no folder yet", () => {
    const trained = { split: 1, metrics: ["loss"], networks: [], inTraining: [] };
    const told = withCluster(summary({ splits: [trained] }), cluster([unit(0), unit(1), unit(2)]));
    expect(told.splits).toEqual([
      { split: 0, metrics: [], networks: [], inTraining: [] },
      trained,
      { split: 2, metrics: [], networks: [], inTraining: [] },
    ]);
  });

  it.each<[string, readonly RunState[], RunState, RunState]>([
    ["something runs", ["running", "queued", "failed"], "queued", "running"],
    ["something waits", ["finished", "queued", "failed"], "queued", "queued"],
    ["some failed and nothing goes on", ["finished", "failed", "cancelled"], "cancelled", "failed"],
    ["it was cancelled", ["cancelled", "finished"], "cancelled", "cancelled"],
    ["the results are joined just now", ["finished", "finished"], "running", "running"],
    ["all is joined", ["finished", "finished"], "finished", "finished"],
  ])("is told as a whole where %s", (_, states, join, status) => {
    const units = states.map((state, split) => unit(split, { state }));
    expect(withCluster(summary(), cluster(units, { join })).status).toBe(status);
  });

  it("is what its files say where it was never submitted", () => {
    const told = summary({ status: "finished" });
    expect(withCluster(told, null)).toBe(told);
  });
});

describe("the words of a job", () => {
  it("tell why it waits, where it runs, how often it was started again and why it failed", () => {
    expect(unitWords(unit(0, { reason: "Resources" }))).toBe("queued: Resources");
    expect(unitWords(unit(0, { requeued: 2 }))).toBe("queued · requeued 2 times");
    expect(unitWords(unit(0, { state: "running", node: "node7" }))).toMatch(/^running on node7 since \S+/);
    expect(unitWords(unit(0, { state: "failed", reason: "OUT_OF_MEMORY" }))).toBe("failed: OUT_OF_MEMORY");
  });

  it("count the states of a run, and say the one that all have", () => {
    const units = (...states: RunState[]) => states.map((state, split) => unit(split, { state }));
    const words = (state: ClusterState) => clusterWords(state);
    expect(words(cluster(units("queued", "queued")))).toBe("queued");
    expect(words(cluster(units("queued", "running", "failed", "queued")))).toBe(
      "2 queued, 1 running, 1 failed",
    );
    expect(words(cluster(units("queued", "queued"), { check: "running" }))).toBe("checks the images");
    expect(words(cluster(units("finished", "finished"), { join: "running" }))).toBe("joins the results");
    expect(words(cluster(units("finished", "finished"), { join: "failed" }))).toBe("results not joined");
  });

  it("name each unit that failed", () => {
    const failed = [
      unit(0, { state: "failed", reason: "TIMEOUT" }),
      unit(1),
      unit(2, { network: 3, state: "failed", reason: "NODE_FAIL" }),
    ];
    expect(failureWords(failed)).toEqual(["split 0: TIMEOUT", "split 2, network 3: NODE_FAIL"]);
  });
});

describe("the rows of a run on a cluster", () => {
  const units = [
    unit(0, { state: "running", node: "node7", log: "/data/maps_demo/cluster/logs/12_0.log" }),
    unit(1, { reason: "Priority" }),
    unit(2, { state: "failed", reason: "TIMEOUT", log: "/data/maps_demo/cluster/logs/12_2.log" }),
  ];
  const splits = [0, 1, 2].map((split) => ({ split, metrics: [], networks: [], inTraining: [] }));
  const view = mapsView({ status: "running", cluster: cluster(units), splits });
  const maps: MapsNode = { kind: "maps", folder: "/data", view, waiting: null };
  const rows = splits.map((split): SplitNode => ({ kind: "split", parent: maps, split }));

  it("say what each of them does, and offer its log and to cancel it", () => {
    expect(treeItem(maps).description).toBe("1 queued, 1 running, 1 failed");
    expect(treeItem(maps).contextValue?.split(" ")).toEqual(
      expect.arrayContaining(["canSubmit", "canCancelJobs"]),
    );
    expect(rows.map((row) => treeItem(row).contextValue)).toEqual([
      "split canCancelJobs hasJobLog",
      "split canCancelJobs",
      "split hasJobLog",
    ]);
    expect(treeItem(rows[1]!).description).toBe("queued: Priority");
    expect(treeItem(rows[2]!).description).toBe("failed: TIMEOUT · not started");
  });

  it("mean their own jobs to a command, and the run means all of them", () => {
    expect(givenJobs(view, [rows[1]])).toEqual([units[1]]);
    expect(givenJobs(view, ["/data/maps_demo", "split-2"])).toEqual([units[2]]);
    expect(givenJobs(view, [maps satisfies Node])).toBeUndefined();
    expect(givenJobs(view, ["/data/maps_demo"])).toBeUndefined();
  });
});

/** A part, or the job that writes the tables. */
const predicting = (state: RunState, given: Partial<PredictionJob> = {}): PredictionJob => ({
  ...{ state, reason: null, node: null, requeued: false, log: null },
  ...given,
});

const group = (
  name: string,
  parts: readonly PredictionJob[],
  { join = predicting("queued"), state = "running" }: { join?: PredictionJob; state?: RunState } = {},
): PredictionState => ({ group: name, parts, join, state, since: 1 });

const finished = predicting("finished");
const waiting = predicting("queued", { reason: "Resources" });
const running = predicting("running", { node: "node7", log: "/logs/21_1.log" });
const failed = predicting("failed", { reason: "OUT_OF_MEMORY", log: "/logs/21_2.log" });

describe("the words of a prediction on a cluster", () => {
  it("say how many of its parts are answered, and how many failed while others go on", () => {
    const words = (...given: Parameters<typeof group>) => predictionWords(group(...given));
    expect(words("test", [finished, running])).toBe("predicting on the cluster, 1 of 2 parts");
    expect(words("test", [finished, running, failed])).toBe(
      "predicting on the cluster, 1 of 3 parts, 1 failed",
    );
    expect(words("test", [waiting], { state: "queued" })).toBe(
      "prediction on the cluster: queued, 0 of 1 part",
    );
    expect(words("test", [finished, finished], { state: "queued" })).toBe(
      "writing the tables on the cluster, 2 of 2 parts",
    );
    expect(words("test", [finished, failed], { state: "failed" })).toBe(
      "prediction on the cluster: failed, 1 of 2 parts",
    );
  });

  it("say of each part where it runs, or why it waits or failed, those of one state together", () => {
    const join = predicting("queued", { reason: "Dependency" });
    const parts = [finished, waiting, running, failed, waiting, predicting("cancelled")];
    expect(predictionLines(group("test", parts, { join })).slice(1)).toEqual([
      "parts 1, 4: queued: Resources",
      "part 2: running on node7",
      "part 3: failed: OUT_OF_MEMORY",
      "part 5: cancelled",
      "joining of its tables: queued: Dependency",
    ]);
    const many = group("test", Array(30).fill(waiting), { join: finished });
    expect(predictionLines(many).at(-1)).toBe("parts 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …: queued: Resources");
    expect(jobWords({ ...waiting, requeued: true })).toBe("queued: Resources, to be started again");
  });

  it("name the logs of what failed, else all that there are", () => {
    const parts = [finished, running, failed];
    expect(logsOf(group("test", parts)).map(({ part }) => part)).toEqual([2]);
    expect(logsOf(group("test", [finished, running])).map(({ log }) => log)).toEqual([running.log]);
    const join = predicting("failed", { log: "/logs/22.log" });
    expect(logsOf(group("test", parts, { join })).map(({ part }) => part)).toEqual([2, null]);
  });
});

describe("the rows of groups that a cluster predicts", () => {
  const test = group("test", [finished, running]);
  const clinic = group("clinic", [failed], { state: "failed", join: predicting("failed") });
  const done = group("done", [finished], { state: "finished", join: finished });
  const view = mapsView({
    groups: ["train", "validation", "test", "done"],
    predictions: [test, clinic, done],
  });
  const maps: MapsNode = { kind: "maps", folder: "/data", view, waiting: null };
  const groups: GroupsNode = { kind: "groups", parent: maps };
  const row = (name: string): GroupNode => ({ kind: "group", parent: groups, group: name });

  it("stand beneath the groups that have tables, which they have not themselves", () => {
    expect(childrenOf(groups, [])).toEqual(["train", "validation", "test", "done", "clinic"].map(row));
    expect(treeItem(groups).description).toBe("5");
    expect(treeItem(row("clinic")).command).toBeUndefined();
    expect(treeItem(row("test")).command).toMatchObject({ command: "gyrus.showResults" });
    const alone: MapsNode = { ...maps, view: mapsView({ groups: [], splits: [], predictions: [test] }) };
    expect(childrenOf(alone, [])).toEqual([{ kind: "groups", parent: alone }]);
  });

  it("say how far it is and why, and offer its log and to cancel it", () => {
    expect(treeItem(row("test"))).toMatchObject({
      description: "predicting on the cluster, 1 of 2 parts",
      contextValue: "group canCancelJobs hasJobLog",
    });
    expect(treeItem(row("clinic"))).toMatchObject({
      description: "prediction on the cluster: failed, 0 of 1 part",
      contextValue: "awaited hasJobLog",
    });
    expect(treeItem(row("clinic")).tooltip).toContain("part 0: failed: OUT_OF_MEMORY");
    expect(treeItem(row("done"))).toMatchObject({ contextValue: "group" });
    expect(treeItem(row("done")).description).toBeUndefined();
  });

  it("are told at their MAPS too, whose own state they do not change", () => {
    const words = treeItem(maps).description;
    expect(words).toBe(
      "finished · BA 0.813 · test: predicting on the cluster, 1 of 2 parts · clinic: prediction on the cluster: failed, 0 of 1 part",
    );
    expect(treeItem(maps).contextValue?.split(" ")).toEqual(["maps", "canTrain", "canCancelJobs"]);
    expect(mapsTooltip(view).value.replaceAll("\\", "")).toContain("clinic: part 0: failed: OUT_OF_MEMORY");
  });

  it("mean their own jobs to a command, and the MAPS means all", () => {
    expect(givenPrediction(view, [row("test")])).toBe(test);
    expect(givenPrediction(view, ["/data/maps_demo", { prediction: "clinic" }])).toBe(clinic);
    expect(givenPrediction(view, ["/data/maps_demo", { prediction: "nobody" }])).toBeUndefined();
    expect(givenPrediction(view, [row("done")])).toBeUndefined();
    expect(givenPrediction(view, [maps])).toBeUndefined();
    expect(givenPrediction(view, ["/data/maps_demo", "split-0"])).toBeUndefined();
  });

  it("are read again while the cluster works on them, and can be cancelled so long", () => {
    const of = (...predictions: PredictionState[]) => mapsView({ predictions });
    const told = [of(test), of(clinic, done), of()].map((one) => [changesByItself(one), canCancelJobs(one)]);
    expect(told).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ]);
  });
});

describe("a MAPS of which a cluster predicts a group", () => {
  const id = `gyrus-${"b".repeat(32)}`;
  const submitGroup = async (submitted: number) => {
    const maps = temporaryFolder();
    await writePrediction(mapsPlace(maps).predictionJobs("test"), {
      ...{ id, user: "somebody", host: "login", submitted, jobs: { array: 21, join: 22 } },
      ...{ key: "0".repeat(64), parts: 2, engine: "onnx", threads: 1, joined: false },
    });
    return maps;
  };
  const rows = (...tasks: readonly [number | null, string, string][]): QueueRow[] =>
    tasks.map(([task, state, reason]) => ({
      ...{ job: task === null ? 22 : 21, task, state, reason, user: "somebody", node: "node7", comment: id },
    }));

  it("is told by what the scheduler says, which is asked for it as for a training", async () => {
    const maps = await submitGroup(1);
    const ask = vi.fn(async () =>
      rows([0, "PENDING", "Resources"], [1, "RUNNING", ""], [null, "PENDING", "Dependency"]),
    );
    const { queue, readCluster } = onCluster(ask, () => true);
    const first = await readCluster(summary({ maps }));
    expect(first).toMatchObject({ training: null, predictions: [{ group: "test", state: "queued" }] });
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(queue.answer).not.toBeNull());
    const { predictions } = await readCluster(summary({ maps }));
    expect(predictions).toMatchObject([
      {
        parts: [
          { state: "queued", reason: "Resources" },
          { state: "running", node: "node7" },
        ],
      },
    ]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("is not taken for gone where the scheduler was asked before its jobs were given", async () => {
    const { queue, readCluster } = onCluster(
      async () => [],
      () => false,
    );
    await queue.askNow();
    const states = async (submitted: number) => {
      const { predictions } = await readCluster(summary({ maps: await submitGroup(submitted) }));
      return predictions.map(({ state }) => state);
    };
    expect(await states(queue.askedAt - 1_000)).toEqual(["queued"]);
    expect(await states(queue.askedAt - ASK_EVERY)).toEqual(["interrupted"]);
  });
});

it("what a cluster takes and does not start is told of a submission, and nothing else", () => {
  const down = warning("cluster.partition-down", { file: "/tmp/profile.json" }, { partition: "gpu" });
  const reply = asReplyProblem(down);
  const ofExperiment = { ...reply, code: "threads.more-than-cores" };
  expect(warningWords([ofExperiment, reply])).toBe(`${reply.message} ${reply.remedy}`);
  expect(warningWords([ofExperiment])).toBe("");
});

describe("the scheduler", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const watch = (answers: boolean, seen = { seen: true }) => {
    const ask = vi.fn(async () => (answers ? ["a job"] : null));
    return { ask, queue: new QueueWatch(ask, () => seen.seen), seen };
  };

  /** A second passes in which many runs are drawn. */
  const second = async (queue: { want(): void }) => {
    for (let run = 0; run < 20; run++) queue.want();
    await vi.advanceTimersByTimeAsync(1_000);
  };

  it("is asked at most once in ten seconds, for all runs together", async () => {
    const { ask, queue } = watch(true);
    for (let i = 0; i < 60; i++) await second(queue);
    expect(ask).toHaveBeenCalledTimes(60_000 / ASK_EVERY);
    expect(queue.answer).toEqual(["a job"]);
  });

  it("is hardly asked where there is none", async () => {
    const { ask, queue } = watch(false);
    for (let i = 0; i < ASK_AGAIN_EVERY / 1_000; i++) await second(queue);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(queue.answer).toBeNull();
  });

  it("is not asked while nobody looks, nor while nothing goes on", async () => {
    const { ask, queue, seen } = watch(true, { seen: false });
    await second(queue);
    await vi.advanceTimersByTimeAsync(ASK_EVERY);
    expect(ask).not.toHaveBeenCalled();
    seen.seen = true;
    await second(queue);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
