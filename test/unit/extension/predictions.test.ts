import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testTables } from "../../../src/extension/commands/chooseData";
import { predictionText } from "../../../src/extension/commands/predictionWords";
import {
  type PredictionReport,
  readInterpretation,
  readPrediction,
} from "../../../src/extension/commands/resultReports";
import { temporaryFolder } from "../../support/folder";

const report: PredictionReport = {
  maps: "/data/maps_demo",
  group: "test",
  classes: ["AD", "CN"],
  results: [
    { split: 0, metric: "BA", metrics: [{ BA: 0.9375, sensitivity: 0.875, PPV: null }], images: null },
    { split: 0, metric: "loss", metrics: [{ BA: 1, sensitivity: 1, PPV: 1 }], images: null },
  ],
};

describe("what `gyrus predict --json` printed", () => {
  it("is read, and nothing else is", () => {
    expect(readPrediction(JSON.stringify(report))).toEqual(report);
    expect(readPrediction("Segmentation fault")).toBeNull();
    expect(readPrediction("{}")).toBeNull();
    expect(readInterpretation('{"folders":["/data/maps"]}')).toEqual({ folders: ["/data/maps"] });
    expect(readInterpretation("[]")).toBeNull();
  });

  it("is shown as a table, a row a model, with the class of sensitivity and what is no number", () => {
    const text = predictionText(report);
    expect(text).toContain("# test, predicted by maps_demo");
    expect(text).toContain("| Model | BA | sensitivity | PPV |\n| --- | ---: | ---: | ---: |");
    expect(text).toContain("| split-0/best-BA | 0.938 | 0.875 | not a number |");
    expect(text).toContain("| split-0/best-loss | 1.000 | 1.000 | 1.000 |");
    expect(text).toContain("Sensitivity is the share of AD that is found.");
    expect(text).toContain("`/data/maps_demo/split-*/best-*/test`");
  });

  it("tells the vote of the parts where they vote, else each network", () => {
    const parts = [{ BA: 0.5 }, { BA: 0.75 }];
    const networks = { split: 1, metric: "loss", metrics: parts };
    const voted = predictionText({ ...report, results: [{ ...networks, images: { BA: 1 } }] });
    expect(voted).toContain("| split-1/best-loss | 1.000 |");
    expect(voted).not.toContain("0.750");
    const apart = predictionText({ ...report, results: [{ ...networks, images: null }] });
    expect(apart).toContain("| split-1/best-loss, network 1 | 0.750 |");
  });

  it("has no metrics where the table had no labels", () => {
    const text = predictionText({
      ...report,
      results: [{ split: 0, metric: "loss", metrics: null, images: null }],
    });
    expect(text).toContain("The table has no labels, so there are no metrics.");
    expect(text).not.toContain("Sensitivity");
  });
});

describe("the tables that are offered for a prediction", () => {
  it("are those that a split has set apart", async () => {
    const split = join(temporaryFolder(), "split");
    mkdirSync(split);
    for (const name of [
      "train.tsv",
      "validation_baseline.tsv",
      "test.tsv",
      "test_baseline.tsv",
      "split.json",
    ])
      writeFileSync(join(split, name), "");
    expect(await testTables([split, "/nowhere"])).toEqual(
      ["test.tsv", "test_baseline.tsv"].map((name) => join(split, name)),
    );
  });
});
