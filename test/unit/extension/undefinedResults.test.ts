import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { writeMetrics } from "../../../src/maps/tables/metricsTsv";
import {
  type ClassPrediction,
  type PredictionTable,
  readPredictions,
  writePredictions,
} from "../../../src/maps/tables/predictionTsv";
import { readResults, readResultsOf } from "../../../src/maps/tables/results";
import { confusionMatrix } from "../../../src/statistics/confusion";
import { columnsOfClasses, undefinedColumns } from "../../../src/statistics/metrics/compute";
import { effort } from "../../support/effort";
import { temporaryFolder } from "../../support/folderOfFile";

const maps = temporaryFolder();
const best = mapsPlace(maps).split(0).best("loss");

const healthy = (i: number, predictedLabel: number): ClassPrediction => ({
  participantId: `sub-${i}`,
  sessionId: "ses-M000",
  part: 0,
  trueLabel: 1,
  predictedLabel,
  probabilities: predictedLabel === 1 ? [0.2, 0.8] : [0.8, 0.2],
});

describe("results of a group without anybody of a class", () => {
  it("are undefined where ClinicaDL's tables hold 0", async () => {
    const place = best.results("healthy");
    mkdirSync(join(maps, "split-0", "best-loss", "healthy"), { recursive: true });
    await writePredictions(place.predictionTsv("image"), "image", {
      task: "classification",
      rows: [healthy(1, 1), healthy(2, 1), healthy(3, 0)],
    });
    const values = {
      ...columnsOfClasses([
        [0, 0],
        [1, 2],
      ]),
      loss: 0.5,
    };
    expect(
      columnsOfClasses([
        [0, 0],
        [1, 2],
      ]).sensitivity,
    ).toBe(0);
    await writeMetrics(place.metricsTsv("image"), [{ network: null, values, interval: null }]);

    const [group] = await readResults(best);
    const [result] = group!.levels[0]!.metrics;
    expect(result?.values.sensitivity).toBe(0);
    expect([...(result?.undefinedMetrics ?? [])].sort()).toEqual([
      "BA",
      "LR_minus",
      "LR_plus",
      "MCC",
      "sensitivity",
    ]);
  });

  it("are what the table says where no predictions stand beside it", async () => {
    const place = best.results("bare");
    mkdirSync(join(maps, "split-0", "best-loss", "bare"), { recursive: true });
    const values = columnsOfClasses([
      [0, 0],
      [1, 2],
    ]);
    await writeMetrics(place.metricsTsv("image"), [{ network: null, values, interval: null }]);
    const bare = (await readResults(best)).find(({ group }) => group === "bare");
    expect(bare?.levels[0]?.metrics[0]?.undefinedMetrics).toEqual([]);
  });
});

/** Rows of a table, of which more than the first must be read to see the end of it. */
const MANY = 10_000;

async function writeGroup(
  group: string,
  table: PredictionTable,
  values: Readonly<Record<string, number>>,
): Promise<string> {
  const place = best.results(group);
  mkdirSync(place.folder, { recursive: true });
  await writePredictions(place.predictionTsv("image"), "image", table);
  await writeMetrics(place.metricsTsv("image"), [{ network: null, values: { ...values }, interval: null }]);
  return place.predictionTsv("image");
}

const undefinedOf = async (group: string) =>
  (await readResultsOf(best, [group]))[0]?.levels[0]?.metrics[0]?.undefinedMetrics;

const agesOf = (last: number) => {
  const trueLabels = Array.from({ length: MANY }, (_, i) => (i === MANY - 1 ? last : 70));
  return trueLabels.map((trueLabel, i) => ({
    ...{ participantId: `sub-${i}`, sessionId: "ses-M000", part: 0 },
    ...{ trueLabel, predictedLabel: 70 + (i % 3) },
  }));
};

describe("results of many people", () => {
  it("are undefined by their metrics alone where these tell it, for less than reading what was answered", async () => {
    const rows = Array.from({ length: MANY }, (_, i) => ({
      ...healthy(i, Number(i % 5 > 0)),
      trueLabel: i % 2,
    }));
    const confusion = confusionMatrix(
      rows.map(({ trueLabel }) => trueLabel),
      rows.map(({ predictedLabel }) => predictedLabel),
      2,
    );
    const predictions = await writeGroup(
      "many",
      { task: "classification", rows },
      columnsOfClasses(confusion),
    );
    expect(await undefinedOf("many")).toEqual([]);
    const reading = await effort(() => readPredictions(predictions, "classification"));
    expect(await effort(() => undefinedOf("many"))).toBeLessThan(reading / 2);
  });

  it("of whom nobody is right are undefined by what was answered", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => healthy(i, 0));
    await writeGroup(
      "wrong",
      { task: "classification", rows },
      columnsOfClasses([
        [0, 0],
        [20, 0],
      ]),
    );
    const named = undefinedColumns([
      [0, 0],
      [20, 0],
    ]);
    expect(await undefinedOf("wrong")).toEqual(named);
    expect(named).toContain("sensitivity");
  });

  it("have an R squared where two true values differ, which the first rows or the last one tell", async () => {
    const values = { R2_score: 0.5, MAE: 1, RMSE: 1 };
    const varied = agesOf(70).map((row, i) => ({ ...row, trueLabel: 60 + (i % 30) }));
    const predictions = await writeGroup("ages", { task: "regression", rows: varied }, values);
    expect(await undefinedOf("ages")).toEqual([]);
    const reading = await effort(() => readPredictions(predictions, "regression"));
    expect(await effort(() => undefinedOf("ages"))).toBeLessThan(reading / 2);

    await writeGroup("last", { task: "regression", rows: agesOf(71) }, values);
    expect(await undefinedOf("last")).toEqual([]);
    await writeGroup("equal", { task: "regression", rows: agesOf(70) }, values);
    expect(await undefinedOf("equal")).toEqual(["R2_score"]);
  });
});
