import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import {
  groupsWithResults,
  openResults,
  readGroupResults,
} from "../../../src/report/reading/readGroupResults";
import { byPerson } from "../../../src/report/results/people";
import { writeAnsweredMaps } from "../../support/answeredMaps";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

describeWithReference(
  "what a MAPS of ClinicaDL says of its groups",
  ["reference/maps_image", "reference/maps_ae"],
  () => {
    it("puts the people that no network knows first", async () => {
      const results = await openResults(reference("reference/maps_image"));
      expect(await groupsWithResults(results)).toEqual([
        { group: "test", acquaintance: "unseen" },
        { group: "validation", acquaintance: "chosen" },
        { group: "train", acquaintance: "trained" },
      ]);
    });

    it.each([
      { group: "test", people: 6, sessions: 6, byClass: [3, 3], acquaintance: "unseen" },
      { group: "validation", people: 9, sessions: 9, byClass: [5, 4], acquaintance: "chosen" },
      { group: "train", people: 9, sessions: 11, byClass: [4, 5], acquaintance: "trained" },
    ])("counts $people people and $sessions sessions of $group", async ({ group, ...expected }) => {
      const found = await readGroupResults(await openResults(reference("reference/maps_image")), group);
      expect(found).toMatchObject({
        task: "classification",
        classes: ["AD", "CN"],
        acquaintance: expected.acquaintance,
        headline: "split-0/best-loss",
        problems: [],
      });
      expect(found.counts).toMatchObject({ people: expected.people, sessions: expected.sessions });
      expect(found.counts.byClass.map(({ people }) => people)).toEqual(expected.byClass);
    });

    it("reads the reconstructions of an autoencoder", async () => {
      const found = await readGroupResults(await openResults(reference("reference/maps_ae")), "test");
      expect(found.task).toBe("reconstruction");
      expect(found.answers[0]?.sessions[0]?.answer).toEqual({
        kind: "reconstruction",
        metrics: { MAE: 0.17463322, RMSE: 0.2514559, PSNR: 11.990763494606371, SSIM: 0.05502774566411972 },
      });
    });
  },
);

describe("one answer from all splits", () => {
  const two = {
    id: "sub-1",
    truth: 0,
    answers: [
      [0.9, 0.1],
      [0.4, 0.6],
    ],
  };

  it("is the mean of the probabilities on people that no network knows, and stands first", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, {
      validation: [[{ id: "sub-8", truth: 0, answers: [[0.7, 0.3]] }]],
      groups: {
        test: [
          two,
          {
            id: "sub-2",
            truth: 1,
            answers: [
              [0.5, 0.5],
              [0.2, 0.8],
            ],
          },
        ],
      },
    });
    const found = await readGroupResults(await openResults(maps), "test");
    expect(found.acquaintance).toBe("unseen");
    expect(found.headline).toBe("ensemble/best-BA");
    const ensemble = found.answers.find(({ id }) => id === "ensemble/best-BA");
    expect(ensemble?.sessions.map(({ answer }) => answer)).toEqual([
      { kind: "class", predicted: 0, probabilities: [0.65, 0.35] },
      { kind: "class", predicted: 1, probabilities: [0.35, 0.65] },
    ]);
    expect(found.answers.map(({ id }) => id)).toEqual([
      "split-0/best-BA",
      "split-1/best-BA",
      "ensemble/best-BA",
    ]);
  });

  it("is the pool of the folds on people that chose the networks: no ensemble, which would know them", async () => {
    const maps = temporaryFolder();
    const fold = (id: string, first: number) => [{ id, truth: 0, answers: [[first, 1 - first]] }];
    await writeAnsweredMaps(maps, { validation: [fold("sub-1", 0.9), fold("sub-2", 0.3)] });
    const found = await readGroupResults(await openResults(maps), "validation");
    expect(found.acquaintance).toBe("chosen");
    expect(found.headline).toBe("pooled/best-BA");
    const pooled = found.answers.find(({ id }) => id === found.headline);
    expect(pooled?.sessions.map(({ participantId, split }) => [participantId, split])).toEqual([
      ["sub-1", 0],
      ["sub-2", 1],
    ]);
    expect(found.answers.some(({ source }) => source.kind === "ensemble")).toBe(false);
  });

  it("leaves out of an ensemble whom a network did not answer, and counts them", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { groups: { test: [two, { ...two, id: "sub-2" }] } });
    const file = mapsPlace(maps).split(1).best("BA").results("test").predictionTsv("image");
    const lines = readFileSync(file, "utf8").split("\n");
    writeFileSync(file, lines.filter((line) => !line.startsWith("sub-2")).join("\n"));
    const found = await readGroupResults(await openResults(maps), "test");
    const ensemble = found.answers.find(({ source }) => source.kind === "ensemble");
    expect(ensemble?.sessions.map(({ participantId }) => participantId)).toEqual(["sub-1"]);
    expect(ensemble?.incomplete).toBe(1);
  });
});

describe("a table of answers as people have them", () => {
  const HEAD = "participant_id\tsession_id\timage_id\ttrue_label\tpredicted_label\tproba0\tproba1";

  /** What is read of a table of two classes with these rows, without their ids. */
  async function readRows(rows: readonly string[]) {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { groups: { test: [{ id: "sub-1", truth: 0, answers: [[0.9, 0.1]] }] } });
    const file = mapsPlace(maps).split(0).best("BA").results("test").predictionTsv("image");
    writeFileSync(file, `${[HEAD, ...rows].join("\n")}\n`);
    const { answers, problems } = await readGroupResults(await openResults(maps), "test");
    return {
      sessions: answers.find(({ id }) => id === "split-0/best-BA")?.sessions ?? null,
      problems: problems.map(({ code, where }) => [code, where]),
    };
  }

  it("is refused row by row where a class or a probability is none", async () => {
    const { sessions, problems } = await readRows([
      "sub-1\tses-M000\t0\t0\t0\t0.9\t0.1",
      "sub-2\tses-M000\t0\t7\t0\t0.9\t0.1",
      "sub-3\tses-M000\t0\t1\t\t0.9\t0.1",
      "sub-4\tses-M000\t0\t1\t0\t1.5\t-0.5",
    ]);
    expect(sessions).toBeNull();
    expect(problems).toEqual([
      ["predictions.class", "row 3"],
      ["predictions.class", "row 4"],
      ["predictions.probability", "row 5"],
    ]);
  });

  it("may lack labels and probabilities", async () => {
    const { sessions, problems } = await readRows([
      "sub-1\tses-M000\t0\t\t0\t0.9\t0.1",
      "sub-2\tses-M000\t0\t-1\t0\tnan\tnan",
    ]);
    expect(problems).toEqual([]);
    expect(sessions).toMatchObject([
      { truth: null, answer: { predicted: 0, probabilities: [0.9, 0.1] } },
      { truth: null, answer: { predicted: 0, probabilities: null } },
    ]);
  });

  it("counts a session once that it has twice, and says so", async () => {
    const row = "sub-1\tses-M000\t0\t0\t0\t0.9\t0.1";
    const { sessions, problems } = await readRows([row, row.replace("0.9\t0.1", "0.8\t0.2"), row]);
    expect(sessions).toMatchObject([{ answer: { probabilities: [0.9, 0.1] } }]);
    expect(problems).toEqual([["predictions.repeated", undefined]]);
  });
});

describe("whom a group holds", () => {
  const person = (id: string) => [{ id, truth: 0, answers: [[0.9, 0.1]] }];

  it("is said to overlap where somebody of it taught the networks", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { validation: [person("sub-1")], groups: { new: person("sub-1") } });
    const found = await readGroupResults(await openResults(maps), "new");
    expect(found).toMatchObject({ acquaintance: "overlapping", knownPeople: 1 });
  });

  it.each([
    { json: { selection: "last" }, is: "unseen" },
    { json: { inner_validation: 0.2 }, is: "inner" },
    { json: {}, is: "chosen" },
  ])("is $is in a validation set with $json", async ({ json, is }) => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { json, validation: [person("sub-1")] });
    expect((await readGroupResults(await openResults(maps), "validation")).acquaintance).toBe(is);
  });

  it("counts a person once, with the mean of the sessions, and by the first class where it changes", () => {
    const session = (sessionId: string, truth: number, first: number) => ({
      participantId: "sub-1",
      sessionId,
      cohort: "single",
      split: 0,
      truth,
      answer: { kind: "class" as const, predicted: 0, probabilities: [first, 1 - first] },
    });
    const found = byPerson([
      session("ses-M012", 0, 0.5),
      session("ses-M000", 1, 0.2),
      session("ses-M006", 1, 0.4),
    ]);
    expect(found).toMatchObject({ changing: 1, leftOut: 1 });
    expect(found.people).toHaveLength(1);
    expect(found.people[0]).toMatchObject({ participantId: "sub-1", truth: 1 });
    const { answer } = found.people[0]!;
    expect(answer.kind === "class" && answer.probabilities?.[0]).toBeCloseTo(0.3, 12);
  });
});
