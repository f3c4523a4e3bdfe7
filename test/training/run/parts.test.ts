import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMetrics } from "../../../src/maps/tables/metricsTsv";
import {
  type ClassPrediction,
  readPredictions,
  type ValuePrediction,
} from "../../../src/maps/tables/predictionTsv";
import { metricNamesOf } from "../../../src/statistics/metrics/metrics";
import type { Notice } from "../../../src/training/notices";
import type { TrainingOutcome } from "../../../src/training/run/runOptions";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { trainPhantom } from "../../support/trainPhantom";

/** 2 x 2 x 1 patches of an image of 12 x 14 x 10 voxels. */
const patches = { preprocessing_dict: { mode: "patch", patch_size: 7, stride_size: 5 }, epochs: 4 };

async function classRows(
  maps: string,
  group: string,
  level: "patch" | "image",
): Promise<readonly ClassPrediction[]> {
  const table = await readPredictions(
    mapsPlace(maps).split(0).best("loss").results(group).predictionTsv(level),
    "classification",
  );
  if (table.task !== "classification") throw new Error("classification expected");
  return table.rows;
}

/** Balanced accuracy of each patch, counted by hand from its validation predictions. */
function accuraciesOf(validation: readonly ClassPrediction[], parts: number): number[] {
  return Array.from({ length: parts }, (_, part) => {
    const recall = (code: number) => {
      const own = validation.filter((row) => row.part === part && row.trueLabel === code);
      return own.filter((row) => row.predictedLabel === code).length / own.length;
    };
    return (recall(0) + recall(1)) / 2;
  });
}

/** What has a value: where a metric has none, ClinicaDL's number stands in the files. */
const defined = (shown: Readonly<Record<string, number | null>> = {}) =>
  Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));

describe("patches with one network", () => {
  let folder: string;
  let maps: string;
  let outcome: TrainingOutcome;
  const notices: string[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gyrus-"));
    maps = join(folder, "maps");
    await writePhantomStudy(folder, { validation: 8, contrast: 0.5 });
    const onNotice = (notice: Notice) => notices.push(phraseText(notice));
    ({ outcome } = await trainPhantom(phantomExperiment(folder, patches), maps, { onNotice }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("predicts every patch of every image", async () => {
    const rows = await classRows(maps, "validation", "patch");
    expect(rows).toHaveLength(8 * 4);
    expect(rows.slice(0, 5).map(({ participantId, part }) => [participantId, part])).toEqual([
      ["sub-012", 0],
      ["sub-012", 1],
      ["sub-012", 2],
      ["sub-012", 3],
      ["sub-013", 0],
    ]);
  });

  it.each(["train", "validation"])(
    "joins the patches of the %s group by the balanced accuracy that each has on the validation set",
    async (group) => {
      const weights = accuraciesOf(await classRows(maps, "validation", "patch"), 4);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const parts = await classRows(maps, group, "patch");
      for (const image of await classRows(maps, group, "image")) {
        const own = parts.filter((row) => row.participantId === image.participantId);
        const joined = own.reduce(
          (sum, row) => sum + (weights[row.part]! / total) * row.probabilities[0]!,
          0,
        );
        expect(image.probabilities[0]).toBeCloseTo(joined, 12);
        expect(image.predictedLabel).toBe(joined >= 0.5 ? 0 : 1);
      }
    },
  );

  it("measures the images, without interval and loss, and answers with it", async () => {
    const [images] = await readMetrics(
      mapsPlace(maps).split(0).best("loss").results("validation").metricsTsv("image"),
    );
    expect(images?.interval).toBeNull();
    expect(images?.values).not.toHaveProperty("loss");
    const answered = outcome.splits[0]?.images?.loss;
    expect(images?.values).toMatchObject(defined(answered));
    expect(Object.keys(images?.values ?? {})).toEqual(Object.keys(answered ?? {}));
    const accuracy = images?.values.BA?.toFixed(4);
    expect(notices).toContain(
      `Split 0, best-loss: BA ${accuracy} on the validation images, whose 4 parts answer together.`,
    );
  });

  it("is better by voting than by the patches alone", async () => {
    const [images] = await readMetrics(
      mapsPlace(maps).split(0).best("loss").results("validation").metricsTsv("image"),
    );
    const [parts] = await readMetrics(
      mapsPlace(maps).split(0).best("loss").results("validation").metricsTsv("patch"),
    );
    expect(images!.values.BA!).toBeGreaterThan(parts!.values.BA!);
  });
});

describe("other ways to join the parts", () => {
  it("counts votes with hard voting", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    await trainPhantom(phantomExperiment(folder, { ...patches, epochs: 1, voting: "hard" }), maps);
    const parts = await classRows(maps, "validation", "patch");
    for (const image of await classRows(maps, "validation", "image")) {
      const own = parts.filter((row) => row.participantId === image.participantId);
      const votes = own.filter((row) => row.predictedLabel === 0).length;
      expect(image.probabilities[0]).toBe(votes / 4);
    }
  });

  it("weighs all parts alike, and says so, when none reaches the threshold", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder, { contrast: 0 });
    const notices: string[] = [];
    const experiment = phantomExperiment(folder, { ...patches, epochs: 1, selection_threshold: 1 });
    await trainPhantom(experiment, maps, { onNotice: (notice) => notices.push(phraseText(notice)) });
    expect(notices).toContain(
      "Split 0, best-loss: no part reaches the selection threshold 1, so all weigh the same.",
    );
    const parts = await classRows(maps, "train", "patch");
    const [image] = await classRows(maps, "train", "image");
    const own = parts.filter((row) => row.participantId === image?.participantId);
    const mean = own.reduce((sum, row) => sum + row.probabilities[0]! / 4, 0);
    expect(image?.probabilities[0]).toBeCloseTo(mean, 12);
  });

  it("does not speak of parts where an image has none", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const notices: string[] = [];
    await writePhantomStudy(folder);
    const experiment = phantomExperiment(folder, { epochs: 1, selection_threshold: 1 });
    await trainPhantom(experiment, maps, { onNotice: (notice) => notices.push(phraseText(notice)) });
    expect(notices.filter((sentence) => sentence.includes("part"))).toEqual([]);
  });

  it("takes the mean of the values of a regression", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    await trainPhantom(
      phantomExperiment(folder, { ...patches, epochs: 1, network_task: "regression" }),
      maps,
    );
    const rows = async (level: "patch" | "image"): Promise<readonly ValuePrediction[]> => {
      const table = await readPredictions(
        mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv(level),
        "regression",
      );
      if (table.task !== "regression") throw new Error("regression expected");
      return table.rows;
    };
    const parts = await rows("patch");
    for (const image of await rows("image")) {
      const own = parts.filter((row) => row.participantId === image.participantId);
      expect(image.predictedLabel).toBeCloseTo(
        own.reduce((sum, row) => sum + row.predictedLabel / 4, 0),
        10,
      );
      expect(image.trueLabel).toBe(own[0]?.trueLabel);
    }
  });

  it("speaks of no vote where an image has one part, and writes its tables all the same", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    const notices: string[] = [];
    const one = { preprocessing_dict: { mode: "patch", patch_size: 9, stride_size: 9 }, epochs: 1 };
    await trainPhantom(phantomExperiment(folder, one), maps, {
      onNotice: (notice) => notices.push(phraseText(notice)),
    });
    expect(notices.filter((sentence) => sentence.includes("part"))).toEqual([]);
    expect(await classRows(maps, "validation", "image")).toEqual(
      await classRows(maps, "validation", "patch"),
    );
  });

  it("joins nothing in a reconstruction", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    await trainPhantom(
      phantomExperiment(folder, { ...patches, epochs: 1, network_task: "reconstruction" }),
      maps,
    );
    expect(
      existsSync(mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("patch")),
    ).toBe(true);
    expect(
      existsSync(mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("image")),
    ).toBe(false);
  });
});

describe("one network a part", () => {
  it("trains each on its own slice, with its own log, selection and stopping, and joins them", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder);
    const { outcome } = await trainPhantom(
      phantomExperiment(folder, {
        multi_network: true,
        epochs: 2,
        architecture: {
          convolutions: [
            { layer: "Conv", out_channels: 4, kernel_size: 3 },
            { layer: "BatchNorm" },
            { layer: "ReLU" },
          ],
          fc: [{ layer: "Flatten" }, { layer: "Linear" }],
        },
        preprocessing_dict: {
          mode: "slice",
          slice_direction: 2,
          slice_mode: "single",
          discarded_slices: [3, 4],
        },
      }),
      maps,
    );
    expect(outcome.splits.map(({ network, epochs }) => [network, epochs])).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
    for (const network of [0, 1, 2]) {
      for (const file of [
        mapsPlace(maps).split(0).network(network).bestModel("loss"),
        mapsPlace(maps).split(0).network(network).eventsJsonl,
        mapsPlace(maps).split(0).network(network).trainingTsv,
      ]) {
        expect(existsSync(file), file).toBe(true);
      }
    }
    const blocks = await readMetrics(
      mapsPlace(maps).split(0).best("loss").results("validation").metricsTsv("slice"),
    );
    expect(blocks.map(({ network }) => network)).toEqual([0, 1, 2]);
    for (const [network, { values }] of blocks.entries()) {
      const best = outcome.splits[network]?.best.loss?.validation;
      // Metrics of probabilities are no columns of ClinicaDL's tables.
      const columns: readonly string[] = [...metricNamesOf("classification"), "loss"];
      const written = Object.entries(best ?? {}).filter(([name]) => columns.includes(name));
      expect(values).toMatchObject(defined(Object.fromEntries(written)));
      expect(Object.keys(values)).toEqual(written.map(([name]) => name));
    }
    const table = await readPredictions(
      mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("slice"),
      "classification",
    );
    // Slices keep their number in the image: three were discarded at the beginning.
    expect([...new Set(table.rows.map(({ part }) => part))]).toEqual([3, 4, 5]);
    const images = await readPredictions(
      mapsPlace(maps).split(0).best("loss").results("validation").predictionTsv("image"),
      "classification",
    );
    expect(images.rows).toHaveLength(6);
  });
});
