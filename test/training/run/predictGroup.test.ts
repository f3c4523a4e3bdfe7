import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { describeProblem } from "../../../src/experiment/problems/problem";
import { readGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMetrics } from "../../../src/maps/tables/metricsTsv";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { openResults, readGroupResults } from "../../../src/report/reading/readGroupResults";
import { interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { predictGroup } from "../../../src/training/results/predictGroup";
import type { PredictionRequest } from "../../../src/training/results/predictionPlan";
import { type PhantomStudy, phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { writeTable } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

let engine: Engine;
let folder: string;
let maps: string;
let study: PhantomStudy;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  maps = join(folder, "maps");
  study = await writePhantomStudy(folder, { test: 6 });
  await trainPhantom(phantomExperiment(folder, { epochs: 8 }), maps);
});
afterAll(() => rmSync(folder, { recursive: true }));

const predict = (request: Partial<PredictionRequest> = {}) =>
  predictGroup(
    { maps, group: "test", caps: join(folder, "caps"), tsv: join(folder, "test.tsv"), ...request },
    { engine },
  );

async function rowsOf(group: string, metric = "loss") {
  const table = await readPredictions(
    mapsPlace(maps).split(0).best(metric).results(group).predictionTsv("image"),
    "classification",
  );
  if (table.task !== "classification") throw new Error("classification expected");
  return table.rows;
}

describe("predictGroup", () => {
  it("chooses its engine once, when the network is known", async () => {
    const jobs: unknown[] = [];
    const { results } = await predictGroup(
      { maps, group: "chosen", caps: join(folder, "caps"), tsv: join(folder, "test.tsv") },
      {
        engine: async ({ network, batchSize }) => {
          jobs.push([network.inputSize.length, batchSize]);
          return engine;
        },
      },
    );
    expect(results).toHaveLength(2);
    expect(jobs).toEqual([[4, 4]]);
  });

  it("predicts new participants with every best model, and measures them", async () => {
    const { results, stopped } = await predict();
    expect(stopped).toBe(false);
    expect(results.map(({ split, metric }) => [split, metric])).toEqual([
      [0, "BA"],
      [0, "loss"],
    ]);
    expect(results[1]?.metrics?.[0]?.BA).toBeGreaterThan(0.8);
    expect((await rowsOf("test")).map((row) => row.participantId)).toEqual(
      study.test.map((row) => row.participant_id),
    );
    const [written] = await readMetrics(
      mapsPlace(maps).split(0).best("loss").results("test").metricsTsv("image"),
    );
    // All are right: LR_plus has no value, and the file keeps ClinicaDL's number.
    expect(results[1]?.metrics?.[0]).toEqual({ ...written?.values, LR_plus: null });
    expect(written?.values.LR_plus).toBe(0);
    expect((await readGroup(mapsPlace(maps).group("test"))).rows).toHaveLength(6);
  });

  it("predicts a known group again without being told where it is", async () => {
    await predict({ group: "again" });
    const before = await rowsOf("again");
    await predictGroup({ maps, group: "again" }, { engine });
    expect(await rowsOf("again")).toEqual(before);
  });

  it("predicts only what is asked", async () => {
    await predict({ group: "asked", metrics: ["BA"], splits: [0] });
    expect(existsSync(mapsPlace(maps).split(0).best("BA").results("asked").predictionTsv("image"))).toBe(
      true,
    );
    expect(existsSync(mapsPlace(maps).split(0).best("loss").results("asked").predictionTsv("image"))).toBe(
      false,
    );
  });

  it("predicts without labels, and then measures nothing", async () => {
    const tsv = writeTable(
      join(folder, "unlabelled.tsv"),
      study.test.map(({ participant_id = "", session_id = "" }) => ({ participant_id, session_id })),
    );
    const { results } = await predict({ group: "unlabelled", tsv });
    expect(results.every(({ metrics, images }) => metrics === null && images === null)).toBe(true);
    expect((await rowsOf("unlabelled")).every((row) => row.trueLabel === -1)).toBe(true);
    expect((await rowsOf("unlabelled")).map((row) => row.predictedLabel)).toEqual(
      (await rowsOf("test")).map((row) => row.predictedLabel),
    );
    expect(existsSync(mapsPlace(maps).split(0).best("loss").results("unlabelled").metricsTsv("image"))).toBe(
      false,
    );
  });

  it("takes the metrics of a group away when it is predicted again without labels", async () => {
    const file = mapsPlace(maps).split(0).best("loss").results("twice").metricsTsv("image");
    await predict({ group: "twice" });
    expect(existsSync(file)).toBe(true);
    await predict({ group: "twice", label: null });
    expect(existsSync(file)).toBe(false);
  });

  it("reads a group that it kept without looking for labels above the MAPS", async () => {
    const tsv = writeTable(
      join(folder, "kept.tsv"),
      study.test.map(({ participant_id = "", session_id = "" }) => ({ participant_id, session_id })),
    );
    await predict({ group: "kept", tsv });
    const labels = writeTable(join(folder, "labels.tsv"), study.test.slice(0, 3));
    await predictGroup({ maps, group: "kept" }, { engine });
    rmSync(labels);
    expect((await rowsOf("kept")).map((row) => row.trueLabel)).toEqual(Array(6).fill(-1));
  });

  it("predicts with networks that ClinicaDL trained by a loss that Gyrus does not have", async () => {
    const other = join(folder, "multi-margin");
    cpSync(maps, other, { recursive: true });
    const json = JSON.parse(readFileSync(mapsPlace(other).mapsJson, "utf8"));
    writeFileSync(mapsPlace(other).mapsJson, JSON.stringify({ ...json, loss: "MultiMarginLoss" }));
    const [{ results }, expected] = [await predict({ maps: other, group: "margin" }), await predict()];
    expect(results).toEqual(expected.results);
  });

  it("takes labels from another column", async () => {
    const tsv = writeTable(
      join(folder, "second-opinion.tsv"),
      study.test.map((row) => ({ ...row, opinion: row.diagnosis === "AD" ? "CN" : "AD" })),
    );
    const { results } = await predict({ group: "second-opinion", tsv, label: "opinion" });
    expect(results[1]?.metrics?.[0]?.BA).toBeLessThan(0.2);
  });

  it("leaves out diagnoses that the networks do not know, and says so", async () => {
    const tsv = writeTable(
      join(folder, "mixed.tsv"),
      study.test.map((row, i) => (i === 0 ? { ...row, diagnosis: "MCI" } : row)),
    );
    const notices: string[] = [];
    await predictGroup(
      { maps, group: "mixed", caps: join(folder, "caps"), tsv },
      { engine, onWarning: (warning) => notices.push(describeProblem(warning)) },
    );
    expect(notices.join()).toContain("1 of 6 rows is left out: its diagnosis is none of AD, CN.");
    expect(await rowsOf("mixed")).toHaveLength(5);
  });

  it("stops on a signal between batches", async () => {
    const outcome = await predictGroup({ maps, group: "test" }, { engine, signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ stopped: true, results: [] });
  });
});

describe("predictGroup refuses", () => {
  it("participants that trained or validated, and names them; --skip-leak-check predicts them", async () => {
    const tsv = writeTable(join(folder, "leaking.tsv"), [
      ...study.test,
      study.train[0]!,
      study.validation[0]!,
    ]);
    await expect(predict({ group: "leaking", tsv })).rejects.toThrow(
      "2 of 8 participants of the group were in the training or validation sets: sub-000, sub-012.",
    );
    expect(existsSync(join(maps, "groups", "leaking"))).toBe(false);
    const known = [...study.train, ...study.validation];
    const most = writeTable(join(folder, "most.tsv"), [...known, study.test[0]!]);
    await expect(predict({ group: "leaking", tsv: most })).rejects.toThrow(
      /sets: (?:sub-\d+, ){9}sub-\d+ and \d+ more\. Their results would be too good\. --leave-out/,
    );
    const all = writeTable(join(folder, "all.tsv"), known);
    const everybody = `Everybody in the group was in the training or validation sets: ${known.length} participants.`;
    await expect(predict({ group: "leaking", tsv: all })).rejects.toThrow(everybody);
    await expect(predict({ group: "leaking", tsv: all, leaveOut: true })).rejects.toThrow(everybody);
    const { results } = await predict({ group: "leaking", tsv, skipLeakCheck: true });
    expect(results).toHaveLength(2);
  });

  it("nobody where those whom the networks know are left out: the others are predicted, and the group keeps who is not in it", async () => {
    const tsv = writeTable(join(folder, "leaking.tsv"), [
      study.train[0]!,
      ...study.test,
      study.validation[0]!,
    ]);
    const warnings: string[] = [];
    const request = { maps, group: "others", caps: join(folder, "caps"), tsv };
    await predictGroup(
      { ...request, leaveOut: true },
      { engine, onWarning: (one) => warnings.push(describeProblem(one)) },
    );
    const place = mapsPlace(maps).group("others");
    expect(warnings.find((one) => one.includes("sub-000"))).toContain(
      "2 of 8 participants are left out, for the networks know them: sub-000, sub-012.",
    );
    expect(readFileSync(place.leftOutTsv, "utf8").trimEnd().split("\n")).toEqual([
      "participant_id\tsession_id\tbecause",
      "sub-000\tses-M000\tparticipant",
      "sub-012\tses-M000\tparticipant",
    ]);
    expect((await rowsOf("others")).map(({ participantId }) => participantId)).toEqual(
      (await rowsOf("test")).map(({ participantId }) => participantId),
    );
    expect(await readGroupResults(await openResults(maps), "others")).toMatchObject({
      acquaintance: "unseen",
      leftOut: 2,
      counts: { people: study.test.length },
    });
    // The group stays what it is, whoever asks for it again.
    await expect(predictGroup(request, { engine })).rejects.toThrow("holds other sessions than the table");
    await predictGroup({ ...request, leaveOut: true }, { engine });
    await predictGroup({ maps, group: "others" }, { engine });
    expect(existsSync(place.leftOutTsv)).toBe(true);
  });

  it.each([
    [
      "a group that is not known, without its data",
      { group: "new", caps: undefined },
      'There is no group "new" yet.',
    ],
    ["the name of a training set", { group: "train" }, 'The group "train" belongs to the training'],
    [
      "a name that is a path",
      { group: "../test" },
      'A group cannot be called "../test": it holds a character',
    ],
    [
      "a metric without best model",
      { metrics: ["MCC"] },
      "There is no split-0/best-MCC. Choose among split-0/best-BA, split-0/best-loss.",
    ],
    ["a split that was not trained", { splits: [3] }, "There is no best model of the asked splits."],
    ["a label column that is not there", { group: "labels", label: "sex" }, 'The column "sex" is missing'],
  ])("%s", async (_, request, message) => {
    await expect(predict(request)).rejects.toThrow(message);
  });

  it("a known group whose CAPS is elsewhere, unless it is told where", async () => {
    await predict({ group: "moved" });
    const settings = join(maps, "groups", "moved", "maps.json");
    writeFileSync(settings, JSON.stringify({ caps_directory: "somewhere/caps", multi_cohort: false }));
    await expect(predictGroup({ maps, group: "moved" }, { engine })).rejects.toThrow(
      /The CAPS of the group "moved" is not at .*somewhere.caps\. Say where it stands now/,
    );
    await predictGroup({ maps, group: "moved", caps: join(folder, "caps") }, { engine });
  });

  it("another table under the name of a known group", async () => {
    await predict({ group: "fixed" });
    const tsv = writeTable(join(folder, "fewer.tsv"), study.test.slice(1));
    await expect(predict({ group: "fixed", tsv })).rejects.toThrow(
      'The group "fixed" of this MAPS holds other sessions than the table.',
    );
  });

  it("images of another size", async () => {
    const other = join(folder, "other");
    await writePhantomStudy(other, { train: 0, validation: 0, test: 4, size: [8, 8, 8] });
    const source = { caps: join(other, "caps"), tsv: join(other, "test.tsv") };
    await expect(predict({ group: "small", ...source, skipLeakCheck: true })).rejects.toThrow(
      "The inputs are 1x8x8x8, those of the training 1x12x14x10.",
    );
  });

  it.each([{ multi_network: false }, { multi_network: true }])(
    "images that give another number of parts: %j",
    async (keys) => {
      const where = join(folder, `count-${keys.multi_network}`);
      const preprocessing_dict = { mode: "patch", patch_size: 7, stride_size: 5 };
      await trainPhantom(phantomExperiment(folder, { ...keys, preprocessing_dict, epochs: 1 }), where);
      const other = join(folder, `larger-${keys.multi_network}`);
      await writePhantomStudy(other, { train: 0, validation: 0, test: 4, size: [17, 14, 10] });
      const source = { caps: join(other, "caps"), tsv: join(other, "test.tsv") };
      const predicted = predict({ maps: where, group: "larger", ...source, skipLeakCheck: true });
      await expect(predicted).rejects.toThrow("An image gives 6 parts, an image of the training gave 4.");
      expect(existsSync(join(where, "groups", "larger"))).toBe(false);
    },
  );

  it("and keeps what was there when a model cannot be read", async () => {
    await predict({ group: "kept" });
    const before = await rowsOf("kept", "loss");
    const model = mapsPlace(maps).split(0).network().bestModel("loss");
    const whole = readFileSync(model);
    rmSync(model);
    await expect(predictGroup({ maps, group: "kept" }, { engine })).rejects.toThrow("model.pth.tar");
    expect(await rowsOf("kept", "loss")).toEqual(before);
    const { writeFileSync } = await import("node:fs");
    writeFileSync(model, whole);
  });
});

describe("prediction of several cohorts", () => {
  const cohorts = ["first", "second"];
  const tables = () => ({ caps: join(folder, "cohorts-caps.tsv"), tsv: join(folder, "cohorts-labels.tsv") });

  it("reads each from its CAPS; people of one name in both stay apart", async () => {
    for (const [seed, name] of cohorts.entries()) {
      await writePhantomStudy(join(folder, name), { train: 30, validation: 0, test: 4, seed });
    }
    writeTable(
      tables().caps,
      cohorts.map((cohort) => ({ cohort, path: `${cohort}/caps` })),
    );
    writeTable(
      tables().tsv,
      cohorts.map((cohort) => ({ cohort, path: `${cohort}/test.tsv`, diagnoses: "AD,CN" })),
    );
    await predict({ group: "cohorts", ...tables() });
    const { rows } = await readGroup(mapsPlace(maps).group("cohorts"));
    expect(rows.map(({ cohort }) => cohort)).toEqual([...Array(4).fill("first"), ...Array(4).fill("second")]);
    const predicted = await rowsOf("cohorts");
    expect(predicted.map(({ participantId }) => participantId)).toEqual(
      [0, 1].flatMap(() => [30, 31, 32, 33].map((number) => `sub-0${number}`)),
    );
    expect(predicted[0]?.probabilities).not.toEqual(predicted[4]?.probabilities);
  });

  it("gives each of two people of one name files of their own", async () => {
    const request = { maps, group: "cohorts", name: "why", method: "gradients", metrics: ["loss"] } as const;
    const { folders } = await interpretGroup({ ...request, ...tables() }, { engine });
    const expected = cohorts.flatMap((cohort) =>
      [30, 31, 32, 33].map((number) => `${cohort}_sub-0${number}_ses-M000_image-0_map.nii.gz`),
    );
    const written = readdirSync(folders[0]!).filter((name) => name.endsWith(".nii.gz"));
    expect(written).toHaveLength(expected.length + 1);
    expect(written).toEqual(expect.arrayContaining(expected));
  });
});

describe("prediction of parts", () => {
  it.each([{ multi_network: false }, { multi_network: true }])(
    "joins them as the validation set weighs them: %j",
    async (keys) => {
      const where = join(folder, `parts-${keys.multi_network}`);
      const preprocessing_dict = { mode: "patch", patch_size: 7, stride_size: 5 };
      await trainPhantom(phantomExperiment(folder, { ...keys, preprocessing_dict, epochs: 2 }), where);
      const source = { caps: join(folder, "caps"), tsv: join(folder, "test.tsv") };
      const { results } = await predictGroup(
        { maps: where, group: "test", metrics: ["loss"], ...source },
        { engine },
      );
      expect(results[0]?.images).not.toBeNull();
      expect(results[0]?.metrics).toHaveLength(keys.multi_network ? 4 : 1);
      const read = async (group: string, level: "patch" | "image") => {
        const table = await readPredictions(
          mapsPlace(where).split(0).best("loss").results(group).predictionTsv(level),
          "classification",
        );
        if (table.task !== "classification") throw new Error("classification expected");
        return table.rows;
      };
      const validation = await read("validation", "patch");
      const weights = [0, 1, 2, 3].map((part) => {
        const recall = (code: number) => {
          const own = validation.filter((row) => row.part === part && row.trueLabel === code);
          return own.filter((row) => row.predictedLabel === code).length / own.length;
        };
        return (recall(0) + recall(1)) / 2;
      });
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const parts = await read("test", "patch");
      for (const image of await read("test", "image")) {
        const own = parts.filter((row) => row.participantId === image.participantId);
        const joined = own.reduce(
          (sum, row) => sum + (weights[row.part]! / total) * row.probabilities[0]!,
          0,
        );
        expect(image.probabilities[0]).toBeCloseTo(joined, 12);
      }
    },
  );
});

describe("a training with a loss and an option of its own", () => {
  it("is judged by them, while it goes and when its models predict", async () => {
    const own = mkdtempSync(join(tmpdir(), "gyrus-"));
    onTestFinished(() => rmSync(own, { recursive: true }));
    const trained = join(own, "maps");
    await writePhantomStudy(own, { test: 4 });
    const settings = { network_task: "regression", loss: "HuberLoss", loss_delta: 20, epochs: 1 };
    const { outcome } = await trainPhantom(phantomExperiment(own, settings), trained);
    const request = { maps: trained, group: "test", caps: join(own, "caps"), tsv: join(own, "test.tsv") };
    const { results } = await predictGroup(request, { engine });
    const best = mapsPlace(trained).split(0).best("loss");
    /** Ages around 65 are told as around 0 by a network that has learned for one epoch: errors beyond delta. */
    const judged = async (group: string) => {
      const table = await readPredictions(best.results(group).predictionTsv("image"), "regression");
      if (table.task !== "regression") throw new Error("regression expected");
      const errors = table.rows.map(({ trueLabel, predictedLabel }) => Math.abs(predictedLabel - trueLabel));
      return errors.reduce((sum, error) => sum + 20 * (error - 10), 0) / errors.length;
    };
    expect(outcome.splits[0]!.best.loss!.validation.loss! / (await judged("validation"))).toBeCloseTo(1, 5);
    expect(results[0]!.metrics![0]!.loss! / (await judged("test"))).toBeCloseTo(1, 5);
  });
});
