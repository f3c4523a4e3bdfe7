import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { flatten, readComparedRun } from "../../../../src/extension/panels/compare/comparedRun";
import { CompareSession } from "../../../../src/extension/panels/compare/compareSession";
import type { ToCompare } from "../../../../webview/compare/messages";
import { describeWithReference, reference } from "../../../support/reference";

describeWithReference("a MAPS of ClinicaDL in a comparison", ["reference/maps_image"], () => {
  const maps = reference("reference/maps_image");

  it("has settings, results and no problem", async () => {
    const run = await readComparedRun(maps, "0.1.0");
    expect(run).toMatchObject({
      name: "maps_image",
      selectionMetrics: ["loss", "BA"],
      live: false,
      problems: [],
    });
    expect(run.settings).toMatchObject({
      architecture: "Conv5_FC3",
      learning_rate: "0.001",
      "preprocessing_dict.mode": "image",
      "label_code.AD": "0",
    });
    // Its training.tsv holds a header alone: the results come from the tables of the best models.
    const { BA, loss } = run.tracks[0]?.results.loss ?? {};
    const table = readFileSync(
      `${maps}/split-0/best-loss/validation/validation_image_level_metrics.tsv`,
      "utf8",
    );
    const [names = [], values = []] = table.split("\n").map((line) => line.split("\t"));
    expect(BA).toBe(Number(values[names.indexOf("BA")]));
    // 9 images in batches of 4: ClinicaDL writes the sum of three means.
    expect(loss).toBeCloseTo(Number(values[names.indexOf("loss")]) / 3, 12);
  });

  it("is served once with the others, and leaves when it is removed", async () => {
    const sent: ToCompare[] = [];
    const gone = reference("reference/no-such-maps");
    const session = new CompareSession([maps, maps, gone], {}, (message) => sent.push(message), "0.1.0");
    session.start();
    while (sent.length < 3) await delay(20);
    session.remove(gone);
    session.stop();
    expect(sent.map(({ kind }) => kind)).toEqual(["welcome", "run", "run", "maps"]);
    expect(sent[2]).toMatchObject({
      run: { status: "missing", tracks: [], problems: ["The folder is not there any more."] },
    });
    expect(sent[3]).toEqual({ kind: "maps", maps: [maps] });
  });
});

it("flattens nested settings, and keeps lists and empty objects as text", () => {
  expect(flatten({ a: { b: 1, c: { d: "x" } }, e: [1, 2], f: {}, g: null })).toEqual({
    "a.b": "1",
    "a.c.d": "x",
    e: "[1,2]",
    f: "{}",
    g: "null",
  });
});
