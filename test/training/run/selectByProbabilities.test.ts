import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { auc } from "../../../src/statistics/roc/auc";
import { oneAgainstRest } from "../../../src/statistics/roc/scored";
import { defined } from "../../support/expectFigure";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { trainPhantom } from "../../support/trainPhantom";

describe("best models by metrics of probabilities", () => {
  it("are those of the best epochs, and ClinicaDL's tables stay as they are", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder, { contrast: 0.2 });
    const metrics = ["AUC", "AP", "Brier", "MCC"] as const;
    const experiment = phantomExperiment(folder, { epochs: 4, selection_metrics: metrics });
    const { outcome, events } = await trainPhantom(experiment, maps);
    expect(outcome).toMatchObject({ reason: "completed", failures: [] });

    const epochs = events.filter((event) => event.kind === "epoch");
    expect(epochs).toHaveLength(4);
    for (const metric of metrics) {
      const values = epochs.map(({ validation }) => validation[metric]!);
      const best = metric === "Brier" ? Math.min(...values) : Math.max(...values);
      const found = outcome.splits[0]?.best[metric];
      expect(found?.epoch, metric).toBe(values.indexOf(best));
      expect(existsSync(join(maps, `split-0/best-${metric}/model.pth.tar`)), metric).toBe(true);
    }

    const place = mapsPlace(maps).split(0).best("AUC").results("validation");
    const { task, rows } = await readPredictions(place.predictionTsv("image"), "classification");
    if (task !== "classification") throw new Error(task);
    const written = oneAgainstRest(
      rows.map(({ trueLabel }) => trueLabel),
      rows.map(({ probabilities }) => probabilities),
      0,
    );
    expect(outcome.splits[0]?.best.AUC?.validation.AUC).toBe(defined(auc(written)));

    const [columns] = readFileSync(join(maps, "split-0/training_logs/training.tsv"), "utf8").split("\n");
    expect(columns).not.toMatch(/AUC|AP_|Brier/);
    expect(readFileSync(place.metricsTsv("image"), "utf8")).not.toMatch(/AUC|AP\b|Brier/);
  });
});
