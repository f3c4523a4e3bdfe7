import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testTables } from "../../../src/extension/commands/chooseData";
import { groupReport, groupText } from "../../../src/extension/commands/groupReport";
import { readInterpretation } from "../../../src/extension/commands/replies";
import type { Metrics } from "../../../src/run/events";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

const maps = "/data/maps_demo";

const level = (name: "image" | "patch", ...metrics: readonly Metrics[]) => ({
  level: name,
  predictionTsv: null,
  metricsTsv: null,
  metrics: metrics.map((values, network) => ({
    network: metrics.length > 1 ? network : null,
    values,
    interval: null,
    undefinedMetrics: [],
  })),
});

describe("the results of a data group", () => {
  it("are a table, a column a model, with the class of sensitivity and what is no number", () => {
    const models = [
      {
        split: 0,
        metric: "BA",
        levels: [level("image", { BA: 0.9375, sensitivity: 0.875, PPV: Number.NaN })],
      },
      { split: 1, metric: "BA", levels: [level("image", { BA: 1, sensitivity: 1, PPV: 1 })] },
    ];
    const text = groupText(maps, "test", ["AD", "CN"], models);
    expect(text).toContain("# test in maps\\_demo");
    expect(text).toContain("|  | split-0/best-BA | split-1/best-BA |\n| --- | ---: | ---: |");
    expect(text).toContain("| BA | 0.938 | 1.000 |");
    expect(text).toContain("| PPV | not a number | 1.000 |");
    expect(text).toContain("Sensitivity is the share of AD that is found.");
    expect(text).toContain("`/data/maps_demo/split-*/best-*/test`");
    expect(groupText(maps, "test", ["AD", "CN", "MCI"], models)).not.toContain("Sensitivity");
  });

  it("tell the networks of the parts and their vote apart", () => {
    const levels = [level("image", { BA: 1 }), level("patch", { BA: 0.5 }, { BA: 0.75 })];
    const text = groupText(maps, "test", [], [{ split: 0, metric: "loss", levels }]);
    expect(text).toMatch(/## Images\n\n\| {2}\| split-0\/best-loss \|\n[^#]*\| BA \| 1\.000 \|/);
    const networks = "split-0/best-loss, network 0 | split-0/best-loss, network 1";
    expect(text).toContain(`## Patches\n\n|  | ${networks} |\n| --- | ---: | ---: |\n| BA | 0.500 | 0.750 |`);
  });

  it("take names of files for text", () => {
    const models = [{ split: 0, metric: "a|b", levels: [level("image", { "<b>": 1 })] }];
    const text = groupText("/data/*maps*", "[x](command:y)", [], models);
    expect(text).toContain("# \\[x\\]\\(command:y\\) in \\*maps\\*");
    expect(text).toContain("|  | split-0/best-a\\|b |");
    expect(text).toContain("| \\<b\\> | 1.000 |");
  });

  it("are none without labels, and before a prediction", () => {
    const unlabelled = { split: 0, metric: "loss", levels: [level("image")] };
    expect(groupText(maps, "test", ["AD", "CN"], [unlabelled])).toContain("The table has no labels");
    expect(groupText(maps, "test", ["AD", "CN"], [])).toContain(
      "No best model has predicted this group yet.",
    );
  });
});

describeWithReference("a MAPS of ClinicaDL", ["reference/maps_image"], () => {
  it("shows the results that ClinicaDL wrote, with their intervals", async () => {
    const text = await groupReport(reference("reference/maps_image"), "test");
    expect(text).toContain("# test in maps\\_image");
    expect(text).toContain("| accuracy | 0.500\u00a0(0.167\u00a0–\u00a00.833) |");
    expect(text).toContain("Sensitivity is the share of AD that is found.");
  });
});

describe("what `gyrus interpret --json` printed", () => {
  it("is read, and nothing else is", () => {
    const result = { folders: ["/data/maps"] };
    expect(readInterpretation(JSON.stringify({ ok: true, result }))).toEqual({ ok: true, result });
    expect(readInterpretation("[]")).toBeNull();
    expect(readInterpretation("Segmentation fault")).toBeNull();
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
