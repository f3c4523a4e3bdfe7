import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../../src/experiment/problems/problem";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMetrics } from "../../../src/maps/tables/metricsTsv";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { readTrainingTsv } from "../../../src/maps/tables/trainingTsv";
import { readRun } from "../../../src/maps/units/records";
import type { RunEvent } from "../../../src/run/events";
import { metricNamesOf } from "../../../src/statistics/metrics/metrics";
import type { TrainingOutcome } from "../../../src/training/run/runOptions";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { readEvents } from "../../support/readEvents";
import { writeTable } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

/** Files below `folder`, sorted. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const groupFiles = (metric: string) =>
  ["train", "validation"].flatMap((group) => [
    `split-0/best-${metric}/${group}/description.log`,
    `split-0/best-${metric}/${group}/${group}_image_level_metrics.tsv`,
    `split-0/best-${metric}/${group}/${group}_image_level_prediction.tsv`,
  ]);

describe("a classification", () => {
  let folder: string;
  let maps: string;
  let outcome: TrainingOutcome;
  let events: readonly RunEvent[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gyrus-"));
    maps = join(folder, "maps");
    await writePhantomStudy(folder);
    const experiment = phantomExperiment(folder, {
      epochs: 8,
      evaluation_steps: 2,
      class_weights: "balanced",
    });
    ({ outcome, events } = await trainPhantom(experiment, maps));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("learns to tell AD from CN on unseen participants", () => {
    expect(outcome.splits[0]?.best.BA?.validation.BA).toBeGreaterThan(0.8);
  });

  it("leaves the MAPS of ClinicaDL, with event log and run.json", () => {
    expect(filesOf(maps)).toEqual(
      [
        "audit.json",
        "environment.txt",
        "groups/train+validation.tsv",
        "groups/train+validation_scans.tsv",
        "groups/train+validation_space.tsv",
        "groups/train/split-0/data.tsv",
        "groups/train/split-0/maps.json",
        "groups/validation/split-0/data.tsv",
        "groups/validation/split-0/maps.json",
        "information.log",
        "maps.json",
        "split-0/best-BA/model.pth.tar",
        "split-0/best-loss/model.pth.tar",
        "split-0/training_logs/events.jsonl",
        "split-0/training_logs/run.json",
        "split-0/training_logs/training.tsv",
        ...groupFiles("loss"),
        ...groupFiles("BA"),
      ].sort(),
    );
  });

  it("answers with the best epoch of each metric and its validation metrics", () => {
    expect(outcome).toMatchObject({ maps, reason: "completed", failures: [] });
    expect(outcome.splits).toEqual([
      {
        split: 0,
        epochs: 8,
        reason: "completed",
        problems: [],
        best: {
          loss: {
            epoch: expect.any(Number),
            validation: expect.objectContaining({ loss: expect.any(Number) }),
          },
          BA: { epoch: expect.any(Number), validation: expect.objectContaining({ BA: expect.any(Number) }) },
        },
      },
    ]);
  });

  it("writes the metrics of the best epochs again from the saved weights, with intervals", async () => {
    for (const [metric, { validation }] of Object.entries(outcome.splits[0]!.best)) {
      const [result] = await readMetrics(
        mapsPlace(maps).split(0).best(metric).results("validation").metricsTsv("image"),
      );
      // Its file has the columns of ClinicaDL's, and where there is no value its 0.
      const columns: readonly string[] = [...metricNamesOf("classification"), "loss"];
      const written = Object.entries(validation)
        .filter(([name]) => columns.includes(name))
        .map(([name, value]) => [name, value ?? 0]);
      expect(result?.values).toEqual(Object.fromEntries(written));
      expect(Object.keys(result?.interval?.lower ?? {})).toEqual(
        written.map(([name]) => name).filter((name) => name !== "loss"),
      );
      expect(result?.interval?.lower.BA).toBeLessThanOrEqual(validation.BA!);
      expect(result?.interval?.upper.BA).toBeGreaterThanOrEqual(validation.BA!);
    }
  });

  it("predicts every participant of a set, in the order of its table", async () => {
    const table = await readPredictions(
      mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("image"),
      "classification",
    );
    expect(table.rows.map((row) => row.participantId)).toEqual([
      "sub-012",
      "sub-013",
      "sub-014",
      "sub-015",
      "sub-016",
      "sub-017",
    ]);
    if (table.task !== "classification") throw new Error("classification expected");
    expect(table.rows.map((row) => row.trueLabel)).toEqual([0, 1, 0, 1, 0, 1]);
    for (const row of table.rows) expect(row.probabilities[0]! + row.probabilities[1]!).toBeCloseTo(1, 12);
  });

  it("logs a row at each evaluation: 3 batches an epoch, evaluated after the second and at the end", async () => {
    const rows = await readTrainingTsv(mapsPlace(maps).split(0).network().trainingTsv);
    expect(rows.map(({ epoch, iteration }) => [epoch, iteration])).toEqual(
      Array.from({ length: 8 }, (_, epoch) => [
        [epoch, 1],
        [epoch, 2],
      ]).flat(),
    );
    const times = rows.map((row) => row.time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("tells the observer what it writes to the event log", async () => {
    const log = await readEvents(mapsPlace(maps).split(0).network().eventsJsonl);
    expect(log.problems).toEqual([]);
    expect(log.events).toEqual(events);
    expect(events[0]).toMatchObject({
      kind: "start",
      seq: 0,
      split: 0,
      network: null,
      task: "classification",
      architecture: "custom",
      device: "CPU",
      epochs: 8,
      batchesPerEpoch: 3,
      trainSamples: 12,
      validationSamples: 6,
      classes: ["AD", "CN"],
      resumedAt: null,
    });
    expect(events.at(-1)).toMatchObject({ kind: "end", reason: "completed", epochs: 8 });
    expect(events.filter(({ kind }) => kind === "batch")).toHaveLength(24);
    expect(events.filter(({ kind }) => kind === "epoch")).toHaveLength(8);
  });

  it("says in run.json how it ended", async () => {
    expect((await readRun(mapsPlace(maps).split(0).network().runJson))?.end).toMatchObject({
      reason: "completed",
    });
  });

  it("gives the same weights and rows for the same seed", async () => {
    const again = join(folder, "again");
    const experiment = phantomExperiment(folder, {
      epochs: 8,
      evaluation_steps: 2,
      class_weights: "balanced",
    });
    await trainPhantom(experiment, again);
    for (const metric of ["loss", "BA"]) {
      const file = join("split-0", `best-${metric}`, "model.pth.tar");
      expect(readFileSync(join(again, file)).equals(readFileSync(join(maps, file)))).toBe(true);
    }
    const withoutTime = async (where: string) =>
      (await readTrainingTsv(mapsPlace(where).split(0).network().trainingTsv)).map((row) => ({
        ...row,
        time: 0,
      }));
    expect(await withoutTime(again)).toEqual(await withoutTime(maps));
  });
});

describe("three classes", () => {
  it("are selected by their mean, and have a column each in the tables", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const diagnoses = ["AD", "CN", "MCI"];
    await writePhantomStudy(folder, { train: 12, validation: 9, diagnoses });
    const { outcome } = await trainPhantom(phantomExperiment(folder, { diagnoses }), maps);
    const { BA } = outcome.splits[0]!.best;
    const [result] = await readMetrics(
      mapsPlace(maps).split(0).best("BA").results("validation").metricsTsv("image"),
    );
    const ofClasses = [0, 1, 2].map((code) => result!.values[`BA-${code}`]!);
    expect(ofClasses.reduce((sum, value) => sum + value / 3, 0)).toBeCloseTo(BA!.validation.BA!, 12);
    const table = await readPredictions(
      mapsPlace(maps).split(0).best("BA").results("validation").predictionTsv("image"),
      "classification",
    );
    if (table.task !== "classification") throw new Error("classification expected");
    expect(table.rows[0]?.probabilities).toHaveLength(3);
  });
});

describe("two cohorts", () => {
  it("are trained on together, each from its own CAPS", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    for (const [seed, name] of ["first", "second"].entries()) {
      await writePhantomStudy(join(folder, name), { train: 4, validation: 2, test: 0, seed });
    }
    const cohorts = ["first", "second"];
    const caps = writeTable(
      join(folder, "caps.tsv"),
      cohorts.map((cohort) => ({ cohort, path: `${cohort}/caps` })),
    );
    const tsv = writeTable(
      join(folder, "labels.tsv"),
      cohorts.map((cohort) => ({ cohort, path: `${cohort}/split`, diagnoses: "AD,CN" })),
    );
    const keys = { multi_cohort: true, caps_directory: caps, tsv_path: tsv, epochs: 1 };
    const { outcome, events } = await trainPhantom(phantomExperiment(folder, keys), maps);
    expect(outcome.reason).toBe("completed");
    expect(events[0]).toMatchObject({ trainSamples: 8, validationSamples: 4 });
    const log = readFileSync(join(maps, "split-0/best-loss/train/description.log"), "utf8");
    expect(log).toContain(`"second":"${join(folder, "second/caps")}"`);
    expect(log).toContain("Number of participants: 8");
  });
});

describe("other tasks", () => {
  it("trains a regression: one value, its metrics", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    const { outcome } = await trainPhantom(phantomExperiment(folder, { network_task: "regression" }), maps);
    expect(Object.keys(outcome.splits[0]!.best)).toEqual(["loss"]);
    expect(Object.keys(outcome.splits[0]!.best.loss!.validation)).toEqual([
      "R2_score",
      "MAE",
      "RMSE",
      "loss",
    ]);
    const table = await readPredictions(
      mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("image"),
      "regression",
    );
    if (table.task !== "regression") throw new Error("regression expected");
    expect(table.rows.map((row) => row.trueLabel)).toEqual([60, 71, 62, 70, 61, 72]);
  });

  it("trains a reconstruction: metrics of each image, and their mean", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    const experiment = phantomExperiment(folder, { network_task: "reconstruction" });
    const { outcome } = await trainPhantom(experiment, maps);
    const best = outcome.splits[0]!.best.loss!.validation;
    expect(Object.keys(best)).toEqual(["MAE", "RMSE", "PSNR", "SSIM", "loss"]);
    const table = await readPredictions(
      mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("image"),
      "reconstruction",
    );
    if (table.task !== "reconstruction") throw new Error("reconstruction expected");
    const errors = table.rows.map((row) => row.metrics.MAE!);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(best.MAE!, 12);
    // The loss of an image is the square of its root mean squared error.
    const losses = table.rows.map((row) => row.metrics.RMSE! ** 2);
    expect(losses.reduce((sum, loss) => sum + loss, 0) / losses.length).toBeCloseTo(best.loss!, 6);
  });
});

describe("a network that learns nothing", () => {
  it("is told of when it answered one class in every epoch", async () => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder);
    const [maps, warnings]: [string, Problem[]] = [join(folder, "maps"), []];
    const options = { onWarning: (warning: Problem) => warnings.push(warning) };
    const experiment = phantomExperiment(folder, { epochs: 2, learning_rate: 1e-9 });
    const { events } = await trainPhantom(experiment, maps, options);
    expect(events.filter(({ kind }) => kind === "epoch")).toHaveLength(2);
    expect(warnings.find(({ code }) => code === "training.one-answer")?.said.values).toMatchObject({
      split: 0,
      network: null,
      epochs: 2,
    });
  });
});

describe("a control", () => {
  it("learns nothing from shuffled labels", async () => {
    const folder = temporaryFolder();
    const study = await writePhantomStudy(folder, { train: 24, validation: 40, test: 0 });
    // Diagnoses in pairs, while the images alternate: every other label is wrong.
    const relabel = (rows: typeof study.train) =>
      rows.map((row, i) => ({ ...row, diagnosis: i % 4 < 2 ? "AD" : "CN" }));
    writeTable(join(folder, "split", "train.tsv"), relabel(study.train));
    writeTable(join(folder, "split", "validation_baseline.tsv"), relabel(study.validation));
    const { outcome } = await trainPhantom(phantomExperiment(folder, { epochs: 6 }), join(folder, "maps"));
    const accuracy = outcome.splits[0]?.best.loss?.validation.BA;
    expect(accuracy).toBeGreaterThan(0.3);
    expect(accuracy).toBeLessThan(0.7);
  });
});
