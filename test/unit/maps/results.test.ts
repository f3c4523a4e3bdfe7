import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeDescription } from "../../../src/maps/folder/descriptionLog";
import { mapsPlace } from "../../../src/maps/folder/place";
import {
  parseMetrics,
  readMetrics,
  writeMetrics,
  writeVotedMetrics,
} from "../../../src/maps/tables/metricsTsv";
import { readPredictions, writePredictions } from "../../../src/maps/tables/predictionTsv";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

/** Numbers that numpy keeps as integers (0 where a denominator is 0) are floats to us. */
const withFloats = (text: string) =>
  text.replace(/^(Values.*)$/gm, (line) => line.replace(/\t(-?\d+)(?=\t|$)/g, "\t$1.0"));

describe("predictions", () => {
  it("names the part column for the mode and writes codes as integers, probabilities as floats", async () => {
    const file = join(temporaryFolder(), "validation_patch_level_prediction.tsv");
    const rows = [
      {
        participantId: "sub-1",
        sessionId: "ses-M000",
        part: 0,
        trueLabel: 1,
        predictedLabel: 0,
        probabilities: [1, 0],
      },
      {
        participantId: "sub-1",
        sessionId: "ses-M000",
        part: 1,
        trueLabel: 1,
        predictedLabel: 1,
        probabilities: [0.25, 0.75],
      },
    ];
    await writePredictions(file, "patch", { task: "classification", rows });
    expect(readFileSync(file, "utf8")).toBe(
      "participant_id\tsession_id\tpatch_id\ttrue_label\tpredicted_label\tproba0\tproba1\n" +
        "sub-1\tses-M000\t0\t1\t0\t1.0\t0.0\nsub-1\tses-M000\t1\t1\t1\t0.25\t0.75\n",
    );
    expect(await readPredictions(file, "classification")).toEqual({ task: "classification", rows });
  });

  it("writes values of a regression, an empty cell where there is no label", async () => {
    const file = join(temporaryFolder(), "x.tsv");
    const rows = [
      { participantId: "sub-1", sessionId: "ses-M000", part: 0, trueLabel: 71, predictedLabel: 69.25 },
      { participantId: "sub-2", sessionId: "ses-M000", part: 0, trueLabel: Number.NaN, predictedLabel: 0.1 },
    ];
    await writePredictions(file, "image", { task: "regression", rows });
    expect(readFileSync(file, "utf8")).toContain(
      "sub-1\tses-M000\t0\t71.0\t69.25\nsub-2\tses-M000\t0\t\t0.1\n",
    );
    expect(await readPredictions(file, "regression")).toEqual({ task: "regression", rows });
  });

  it("refuses a table that is not of the task, and the one-part table that lost its participants", async () => {
    const file = join(temporaryFolder(), "x.tsv");
    writeFileSync(file, "image_id\ttrue_label\tpredicted_label\tproba0\tproba1\n0\t1\t1\t0.1\t0.9\n");
    await expect(readPredictions(file, "classification")).rejects.toThrow("participant_id, session_id");
  });
});

describe("metrics", () => {
  const values = { BA: 0.75, accuracy: 1, loss: 0.5 };
  const interval = {
    lower: { BA: 0.5, accuracy: 0.9 },
    upper: { BA: 1, accuracy: 1 },
    standardError: { BA: 0.1, accuracy: 0 },
  };

  it("writes a block of five rows, without interval for the loss", async () => {
    const file = join(temporaryFolder(), "x.tsv");
    await writeMetrics(file, [{ network: null, values, interval }]);
    expect(readFileSync(file, "utf8").split("\n")).toEqual([
      "Metrics\tBA\taccuracy\tloss",
      "Values\t0.75\t1.0\t0.5",
      "Lower bound CI\t0.5\t0.9\tN/A",
      "Upper bound CI\t1.0\t1.0\tN/A",
      "SE\t0.1\t0.0\tN/A",
      "",
    ]);
    expect(await readMetrics(file)).toEqual([{ network: null, values, interval }]);
  });

  it("writes a block and a sixth row of its number for each network", async () => {
    const file = join(temporaryFolder(), "x.tsv");
    const results = [0, 3].map((network) => ({ network, values: { ...values, loss: network }, interval }));
    await writeMetrics(file, results);
    const lines = readFileSync(file, "utf8").split("\n");
    expect(lines[5]).toBe("0\t0\t0\t0");
    expect(lines[6]).toBe("Metrics\tBA\taccuracy\tloss");
    expect(lines[11]).toBe("3\t3\t3\t3");
    expect(await readMetrics(file)).toEqual(results);
  });

  it("writes one row under a header after voting", async () => {
    const file = join(temporaryFolder(), "x.tsv");
    await writeVotedMetrics(file, { BA: 0.75, accuracy: 0.8 });
    expect(readFileSync(file, "utf8")).toBe("BA\taccuracy\n0.75\t0.8\n");
    expect(await readMetrics(file)).toEqual([
      { network: null, values: { BA: 0.75, accuracy: 0.8 }, interval: null },
    ]);
  });

  it("writes no interval where there is none", async () => {
    const file = join(temporaryFolder(), "x.tsv");
    await writeMetrics(file, [{ network: null, values, interval: null }]);
    expect(await readMetrics(file)).toEqual([{ network: null, values, interval: null }]);
  });

  it("reads tables of ClinicaDL before 1.6 and before 1.0", () => {
    expect(parseMetrics("BA\tloss\tpatch_id\n0.5\t0.7\t0\n0.75\t0.6\t1\n")).toEqual([
      { network: 0, values: { BA: 0.5, loss: 0.7 }, interval: null },
      { network: 1, values: { BA: 0.75, loss: 0.6 }, interval: null },
    ]);
    expect(
      parseMetrics("accuracy\tbalanced_accuracy\tppv\ttotal_loss\timage_id\n0.5\t0.6\t0.7\t0.8\t\n"),
    ).toEqual([{ network: null, values: { accuracy: 0.5, BA: 0.6, PPV: 0.7, loss: 0.8 }, interval: null }]);
  });

  it("reads nothing in an empty file", () => {
    expect(parseMetrics("")).toEqual([]);
  });
});

describe("writeDescription", () => {
  it("says what was predicted", async () => {
    const maps = temporaryFolder();
    const description = {
      group: "test",
      capsDirectories: { single: "/data/caps" },
      participants: 5,
      sessions: 6,
    };
    await writeDescription(mapsPlace(maps).split(0).best("loss").results(description.group), description);
    expect(readFileSync(join(maps, "split-0/best-loss/test/description.log"), "utf8")).toMatch(
      /^Prediction test group - \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\nData loaded from CAPS directories: \{"single":"\/data\/caps"\}\nNumber of participants: 5\nNumber of sessions: 6\n$/,
    );
  });
});

describeWithReference("results of ClinicaDL", ["reference/maps_image", "reference/maps_ae"], () => {
  const cases = (["train", "validation", "test"] as const).flatMap(
    (group) =>
      [
        ["maps_image", "classification", group],
        ["maps_ae", "reconstruction", group],
      ] as const,
  );

  it.each(cases)(
    "%s (%s), %s: predictions read and written again are the same bytes",
    async (maps, task, group) => {
      const theirs = mapsPlace(reference(`reference/${maps}`))
        .split(0)
        .best("loss")
        .results(group)
        .predictionTsv("image");
      const table = await readPredictions(theirs, task);
      expect(table.rows.length).toBe(group === "train" ? 11 : group === "validation" ? 9 : 6);
      const ours = join(temporaryFolder(), "x.tsv");
      await writePredictions(ours, "image", table);
      expect(readFileSync(ours, "utf8")).toBe(readFileSync(theirs, "utf8"));
    },
  );

  it.each(cases)("%s (%s), %s: metrics read and written again are the same bytes", async (maps, _, group) => {
    const theirs = mapsPlace(reference(`reference/${maps}`))
      .split(0)
      .best("loss")
      .results(group)
      .metricsTsv("image");
    const results = await readMetrics(theirs);
    expect(results).toHaveLength(1);
    const ours = join(temporaryFolder(), "x.tsv");
    await writeMetrics(ours, results);
    expect(readFileSync(ours, "utf8")).toBe(withFloats(readFileSync(theirs, "utf8")));
  });
});
