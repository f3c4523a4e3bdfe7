import { describe, expect, it } from "vitest";
import { clusterState, phaseOf, type UnitStates } from "../../../src/cluster/clusterState";
import type { QueueRow } from "../../../src/cluster/queue";
import { ASK_EVERY, Queue, queueRows } from "../../../src/cluster/queue";
import type { ClusterRecords, TaskRecord } from "../../../src/cluster/records";
import { submission } from "../../support/clusterSubmission";

const { id } = submission;
const task: TaskRecord = {
  version: 1,
  id,
  job: 12,
  task: 0,
  node: "node1",
  processor: "",
  threads: 1,
  restarts: 1,
  started: 2000,
  end: null,
};
const row = (state: string, more: Partial<QueueRow> = {}): QueueRow => ({
  job: 12,
  task: 0,
  state,
  user: "somebody",
  node: "node2",
  comment: id,
  reason: "",
  ...more,
});
const records = (more: Partial<ClusterRecords> = {}): ClusterRecords => ({
  maps: "/maps",
  submissions: [submission],
  tasks: new Map(),
  ends: new Map(),
  cancelled: new Map(),
  logs: new Set(),
  problems: [],
  ...more,
});
const never: UnitStates = () => null;
const begun = { tasks: new Map([["split-0", task]]) };
const endedAs = (why: "done" | "failed" | "requeued" | "stopped", reason = "") => ({
  tasks: new Map([["split-0", { ...task, end: { why, time: 3000, reason, progress: null } }]]),
});
const only = (...given: Parameters<typeof clusterState>) => clusterState(...given).units[0];

describe("the state of a unit on a cluster", () => {
  it("waits with the reason of the scheduler, and counts how often it was given back", () => {
    expect(only(records(), never, [row("PENDING", { reason: "Resources" })])).toMatchObject({
      state: "queued",
      reason: "Resources",
      since: 1000,
      requeued: 0,
      log: null,
    });
    const back = only(records(endedAs("requeued")), () => "stopped", [
      row("PENDING", { reason: "BeginTime" }),
    ]);
    expect(back).toMatchObject({ state: "queued", requeued: 2, since: 3000 });
  });

  it("says that it waits for room on the disk, with a scheduler and without", () => {
    const full = records(endedAs("requeued", "The disk is full."));
    const told = { state: "queued", reason: "The disk is full." };
    expect(only(full, () => "failed", [row("PENDING", { reason: "BeginTime" })])).toMatchObject(told);
    expect(only(full, () => "interrupted", null)).toMatchObject(told);
    expect(only(full, () => "interrupted", [])).toMatchObject({ state: "interrupted", reason: null });
  });

  it("is at work where the scheduler says so, however old its heartbeat looks by another clock", () => {
    expect(only(records(begun), () => "interrupted", [row("RUNNING")])).toMatchObject({
      state: "running",
      node: "node2",
      since: 2000,
      requeued: 1,
    });
    expect(only(records(begun), () => "stopping", [row("RUNNING")])?.state).toBe("stopping");
  });

  it("has finished when its training has, whatever the scheduler still says", () => {
    expect(only(records(begun), () => "finished", [row("COMPLETING")])?.state).toBe("finished");
  });

  it.each([
    ["TIMEOUT", "TimeLimit"],
    ["OUT_OF_MEMORY", "OutOfMemory"],
    ["NODE_FAIL", "NodeDown"],
    ["FAILED", "NonZeroExitCode"],
  ])("has failed by %s, while the scheduler knows and after it has forgotten", (state, reason) => {
    const told = { state: "failed", reason };
    expect(only(records(begun), () => "interrupted", [row(state, { reason })])).toMatchObject(told);
    const ends = new Map([[id, { version: 1 as const, id, tasks: [{ task: 0, state, reason, node: "n" }] }]]);
    expect(only(records({ ...begun, ends }), () => "interrupted", [])).toMatchObject(told);
  });

  it("says what its task said it failed of", () => {
    const failed = records(endedAs("failed", "The disk is full."));
    expect(only(failed, () => "failed", [row("FAILED")])).toMatchObject({
      state: "failed",
      reason: "The disk is full.",
    });
  });

  it("has failed with the first job where that has", () => {
    const check = { ...task, end: { why: "failed" as const, time: 1, reason: "No image.", progress: null } };
    const found = records({ tasks: new Map([["check", check]]) });
    expect(only(found, never, [row("CANCELLED")])).toMatchObject({ state: "failed", reason: "No image." });
  });

  it("was cancelled by the scheduler, or by a mark", () => {
    expect(only(records(), never, [row("CANCELLED")])?.state).toBe("cancelled");
    const cancelled = new Map([[id, { version: 1 as const, id, tasks: null, time: 1 }]]);
    expect(only(records({ cancelled }), never, [])?.state).toBe("cancelled");
  });

  it("was cancelled while it waited where its array is known and nothing of its task", () => {
    const units = [0, 1].map((one) => ({ task: one, split: one, network: null }));
    const both = { submissions: [{ ...submission, units }] };
    const other = row("RUNNING", { task: 1 });
    expect(only(records(both), never, [other])?.state).toBe("cancelled");
    expect(only(records(both), never, [row("CANCELLED", { task: null })])?.state).toBe("cancelled");
    // The scheduler forgets who ended; what has begun has left a record, or at least a log.
    expect(only(records({ ...both, ...begun }), never, [other])?.state).toBe("interrupted");
    expect(only(records({ ...both, logs: new Set(["12_0.log"]) }), never, [other])).toMatchObject({
      state: "interrupted",
      log: "/maps/cluster/logs/12_0.log",
    });
    expect(only(records(both), never, [row("RUNNING", { task: 1, comment: "" })])?.state).toBe("interrupted");
  });

  it("is not told by jobs of others, whatever number the record names", () => {
    for (const foreign of [{ user: "other" }, { comment: "" }, { comment: `gyrus-${"b".repeat(32)}` }])
      expect(only(records(begun), () => "interrupted", [row("RUNNING", foreign)])?.state).toBe("interrupted");
  });

  it("is told by its files where no scheduler answers", () => {
    expect(only(records(), never, null)?.state).toBe("queued");
    expect(only(records(begun), () => "running", null)?.state).toBe("running");
    expect(only(records(begun), () => "interrupted", null)?.state).toBe("interrupted");
    expect(only(records(endedAs("stopped")), () => "stopped", [])?.state).toBe("stopped");
    expect(only(records(endedAs("done")), () => "failed", [])?.state).toBe("failed");
  });

  it("is what became of it when it was submitted last", () => {
    const last = {
      ...submission,
      id: `gyrus-${"c".repeat(32)}`,
      submitted: 9000,
      jobs: { ...submission.jobs, array: 22 },
    };
    const both = records({ ...endedAs("failed", "old"), submissions: [last, submission] });
    const state = clusterState(both, () => "failed", [row("PENDING", { job: 22, comment: last.id })]);
    expect(state.units).toHaveLength(1);
    expect(state.units[0]).toMatchObject({ state: "queued", job: 22, requeued: 0 });
  });

  it("takes a state that it does not know for work, which ends nothing", () => {
    expect(phaseOf("SOMETHING_NEW")).toBe("works");
    expect(phaseOf("CANCELLED by 0")).toBe("cancelled");
  });
});

describe("the queue", () => {
  it("reads rows as squeue prints them, and passes over what is none", () => {
    const rows = queueRows(
      `12|0|RUNNING|somebody|node2|${id}|None\n13|N/A|PENDING|somebody||${id}|Dependency\n!|x\n`,
    );
    expect(rows).toEqual([
      row("RUNNING"),
      row("PENDING", { job: 13, task: null, node: "", reason: "Dependency" }),
    ]);
  });

  it("is asked once in ten seconds, however many ask", async () => {
    let [now, asked] = [0, 0];
    const queue = new Queue(
      async () => {
        asked++;
        return { code: 0, output: "", errors: "" };
      },
      () => now,
    );
    await Promise.all(Array.from({ length: 200 }, () => queue.rows()));
    now = ASK_EVERY - 1;
    await queue.rows();
    expect(asked).toBe(1);
    now = ASK_EVERY;
    await queue.rows();
    expect(asked).toBe(2);
  });
});
