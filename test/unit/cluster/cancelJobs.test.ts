import { writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cancelJobs } from "../../../src/cluster/cancelJobs";
import { readPrediction, writePrediction } from "../../../src/cluster/predictions";
import { readJobs, writeSubmission } from "../../../src/cluster/records";
import type { RunSlurm } from "../../../src/cluster/slurm";
import { submissionOf } from "../../../src/cluster/taskLife";
import { mapsPlace } from "../../../src/maps/folder/place";
import { temporaryFolder } from "../../support/folder";

const id = `gyrus-${"a".repeat(32)}`;
const user = userInfo().username;

async function submittedMaps(): Promise<string> {
  const maps = temporaryFolder();
  await writeSubmission(maps, {
    id,
    user,
    host: "login",
    submitted: 1,
    jobs: { check: 11, array: 12, join: 13 },
    units: [0, 1].map((task) => ({ task, split: task, network: null })),
    engine: "onnx",
    threads: 1,
  });
  return maps;
}

const submitGroup = (maps: string, group: string, jobs: { readonly array: number; readonly join: number }) =>
  writePrediction(mapsPlace(maps).predictionJobs(group), {
    ...{ id, user, host: "login", submitted: 1, jobs },
    ...{ key: "0".repeat(64), parts: 2, engine: "onnx", threads: 1, joined: false },
  });

/** @param queue what squeue prints; null where there is none */
function scheduler(queue: string | null) {
  const given: (readonly string[])[] = [];
  const run: RunSlurm = async (program, words) => {
    if (program === "scancel") given.push(words);
    const answers = program !== "squeue" || queue !== null;
    return { code: answers ? 0 : null, output: program === "squeue" ? (queue ?? "") : "", errors: "" };
  };
  return { run, given };
}

const line = (job: string, task: string, comment = id, state = "RUNNING") =>
  `${job}|${task}|${state}|${user}|n|${comment}|None`;

describe("cancelling", () => {
  it("takes away what waits or is at work, of all or of some units", async () => {
    const maps = await submittedMaps();
    const queue = [line("11", "N/A", id, "COMPLETED"), line("12", "0"), line("12", "1"), line("13", "N/A")];
    const one = scheduler(queue.join("\n"));
    const split1 = { units: [{ split: 1, network: null }], groups: [] };
    expect((await cancelJobs(maps, split1, one.run)).cancelled).toEqual(["12_1"]);
    expect((await readJobs(maps))?.cancelled.get(id)?.tasks).toEqual([1]);
    const all = scheduler(queue.join("\n"));
    await cancelJobs(maps, null, all.run);
    expect(all.given).toEqual([["12_0", "12_1", "13"]]);
  });

  it("takes away the predictions of a group too, where all is to go", async () => {
    const maps = temporaryFolder();
    await submitGroup(maps, "test", { array: 21, join: 22 });
    const queue = [line("21", "0", id, "COMPLETED"), line("21", "1"), line("22", "N/A"), line("23", "N/A")];
    const { run, given } = scheduler(queue.join("\n"));
    expect((await cancelJobs(maps, null, run)).refused).toEqual([]);
    expect(given).toEqual([["21_1", "22"]]);
    expect(await readPrediction(mapsPlace(maps).predictionJobs("test"))).toMatchObject({
      cancelled: expect.any(Number),
    });
    const split0 = { units: [{ split: 0, network: null }], groups: [] };
    expect((await cancelJobs(maps, split0, run)).refused).toMatchObject([{ code: "cluster.no-jobs" }]);
  });

  it("takes away the predictions of one group alone, where that is to go", async () => {
    const maps = await submittedMaps();
    await submitGroup(maps, "test", { array: 21, join: 22 });
    await submitGroup(maps, "other", { array: 31, join: 32 });
    const queue = [line("12", "0"), line("21", "1"), line("22", "N/A"), line("31", "0"), line("32", "N/A")];
    const { run, given } = scheduler(queue.join("\n"));
    const told = await cancelJobs(maps, { units: [], groups: ["test"] }, run);
    expect(told).toEqual({ cancelled: ["21_1", "22"], refused: [] });
    expect(given).toEqual([["21_1", "22"]]);
    expect((await readJobs(maps))?.cancelled.size).toBe(0);
    expect(await readPrediction(mapsPlace(maps).predictionJobs("other"))).not.toHaveProperty("cancelled");
    const none = await cancelJobs(maps, { units: [], groups: ["nobody"] }, run);
    expect(none.refused).toMatchObject([{ code: "cluster.no-jobs" }]);
  });

  it("leaves a job alone that has the number of the record and not its comment", async () => {
    const maps = await submittedMaps();
    const { run, given } = scheduler(line("12", "0", "another job of the same person"));
    const { cancelled, refused } = await cancelJobs(maps, null, run);
    expect(cancelled).toEqual([]);
    expect(given).toEqual([]);
    expect(refused).toMatchObject([{ code: "cluster.foreign-job" }]);
  });

  it("says where there is nothing to cancel, nobody to ask, and a record that is damaged", async () => {
    const codes = async (maps: string, queue: string | null) =>
      (await cancelJobs(maps, null, scheduler(queue).run)).refused.map(({ code }) => code);
    expect(await codes(temporaryFolder(), "")).toEqual(["cluster.no-jobs"]);
    const maps = await submittedMaps();
    expect(await codes(maps, "")).toEqual(["cluster.none-live"]);
    expect(await codes(maps, null)).toEqual(["cluster.no-slurm"]);
    writeFileSync(join(maps, "cluster", `submission-${id}.json`), '{"version": 9}');
    expect(await codes(maps, "")).toEqual(["cluster.damaged-record"]);
  });
});

it("is said by the first job where its node does not see what was written", async () => {
  await expect(submissionOf(temporaryFolder(), id)).rejects.toMatchObject({
    problems: [{ code: "cluster.other-disk" }],
  });
});
