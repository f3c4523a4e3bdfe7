import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endOfLog } from "../../../src/cluster/endOfLog";
import { predictionState } from "../../../src/cluster/predictionState";
import {
  type PredictionFiles,
  type PredictionSubmission,
  readAllPredictions,
  readPredictionFiles,
  writePrediction,
} from "../../../src/cluster/predictions";
import type { QueueRow } from "../../../src/cluster/queue";
import { mapsPlace } from "../../../src/maps/folder/place";
import { temporaryFolder } from "../../support/folder";

const id = `gyrus-${"a".repeat(32)}`;
const submission: PredictionSubmission = {
  ...{ version: 1, id, user: "somebody", host: "login", submitted: 1, jobs: { array: 21, join: 22 } },
  ...{ key: "0".repeat(64), parts: 2, engine: "onnx", threads: 1, joined: false },
};
const files = (more: Partial<PredictionFiles> = {}): PredictionFiles => ({
  ...{ group: "test", submission, answered: new Set<number>(), logs: new Map(), joinLog: null },
  ...more,
});
const row = (task: number | null, state: string, reason = ""): QueueRow => ({
  ...{ job: task === null ? 22 : 21, task, state, reason, user: "somebody", node: "node1", comment: id },
});
const waitingJoin = row(null, "PENDING", "Dependency");

describe("the parts of a group on a cluster", () => {
  it("wait with the reason of the scheduler, run, and are done when their answers are there", () => {
    const queue = [row(0, "PENDING", "Resources"), row(1, "RUNNING"), waitingJoin];
    const told = predictionState(files(), queue);
    expect(told.parts).toMatchObject([
      { state: "queued", reason: "Resources", node: null, requeued: false },
      { state: "running", reason: null, node: "node1" },
    ]);
    expect(told.join).toMatchObject({ state: "queued", reason: "Dependency" });
    expect(told.state).toBe("running");
    const answered = predictionState(files({ answered: new Set([0]) }), queue);
    expect(answered.parts.map(({ state }) => state)).toEqual(["finished", "running"]);
    expect(answered.since).toBe(submission.submitted);
  });

  it("have all finished when the tables are written, when nobody remembers their jobs", () => {
    const joined = files({ submission: { ...submission, joined: true } });
    expect(predictionState(joined, []).state).toBe("finished");
    expect(predictionState(joined, null).state).toBe("finished");
  });

  it("have failed with the reason of the scheduler, while it knows and after it has forgotten", () => {
    const answered = new Set([0]);
    const failed = { state: "failed", reason: "OUT_OF_MEMORY, OutOfMemory" };
    const queue = [row(1, "OUT_OF_MEMORY", "OutOfMemory"), row(null, "FAILED", "NonZeroExitCode")];
    const known = predictionState(files({ answered }), queue);
    expect(known).toMatchObject({ parts: [{ state: "finished" }, failed], join: { state: "failed" } });
    const ends = [{ task: 1, state: "OUT_OF_MEMORY", reason: "OutOfMemory", node: "node1" }];
    const forgotten = predictionState(files({ answered, submission: { ...submission, ends } }), []);
    expect(forgotten).toMatchObject({ parts: [{ state: "finished" }, failed], join: { state: "failed" } });
  });

  it("were cancelled where the scheduler or the record says so, or they vanished from their array", () => {
    const states = (...given: Parameters<typeof predictionState>) =>
      predictionState(...given).parts.map(({ state }) => state);
    expect(states(files(), [row(0, "CANCELLED"), row(1, "RUNNING")])).toEqual(["cancelled", "running"]);
    expect(states(files(), [row(1, "RUNNING")])).toEqual(["cancelled", "running"]);
    const cancelled = files({ submission: { ...submission, cancelled: 2 }, answered: new Set([1]) });
    expect(states(cancelled, [])).toEqual(["cancelled", "finished"]);
  });

  it("are told by their files alone where no scheduler answers", () => {
    const told = predictionState(files({ logs: new Map([[0, "/logs/21_0.log"]]) }), null);
    expect(told.parts.map(({ state }) => state)).toEqual(["running", "queued"]);
    expect(told.parts[0]?.log).toBe("/logs/21_0.log");
  });

  it("are interrupted where the scheduler does not know them any more", () => {
    expect(predictionState(files(), []).parts.map(({ state }) => state)).toEqual([
      "interrupted",
      "interrupted",
    ]);
  });

  it("are not told by the job of another submission that has their number", () => {
    const foreign = { ...row(0, "RUNNING"), comment: "another job of the same person" };
    expect(predictionState(files(), [foreign]).parts[0]?.state).toBe("interrupted");
  });
});

it("finds the groups of a MAPS with their answers and logs", async () => {
  const maps = temporaryFolder();
  const folder = mapsPlace(maps).predictionJobs("test");
  await writePrediction(folder, submission);
  writeFileSync(join(folder, "part-1.json"), "{}");
  mkdirSync(join(folder, "logs"), { recursive: true });
  for (const name of ["21_1.log", "22.log", "20_0.log"]) writeFileSync(join(folder, "logs", name), "");
  const found = await readAllPredictions(maps);
  expect(await Promise.all(found.map(readPredictionFiles))).toEqual([
    {
      ...{ group: "test", submission, answered: new Set([1]) },
      logs: new Map([[1, join(folder, "logs", "21_1.log")]]),
      joinLog: join(folder, "logs", "22.log"),
    },
  ]);
});

it("gives the last five lines of a log, and nothing of none", async () => {
  const log = join(temporaryFolder(), "21_0.log");
  writeFileSync(log, `${"x".repeat(10_000)}\n1\r\n2\n3\n4\n5\n`);
  expect(await endOfLog(log)).toBe("1\n2\n3\n4\n5");
  expect(await endOfLog(`${log}.none`)).toBe("");
});
