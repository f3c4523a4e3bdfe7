import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { writeMetrics } from "../../../src/maps/tables/metricsTsv";
import { type ClassPrediction, writePredictions } from "../../../src/maps/tables/predictionTsv";
import { readResults } from "../../../src/maps/tables/results";
import { columnsOfClasses } from "../../../src/statistics/metrics/compute";
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
