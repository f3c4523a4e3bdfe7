import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Experiment } from "../../../src/experiment/experiment";
import { keepFailure } from "../../../src/experiment/problems/keptProblem";
import { readGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";

import { readRun } from "../../../src/maps/units/records";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { writeTable } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

describe("several splits", () => {
  /** Two folds of the same participants, in turn. */
  async function twoFolds(folder: string): Promise<Experiment> {
    const study = await writePhantomStudy(folder, { train: 8, validation: 8 });
    const folds = [study.train, study.validation];
    for (const [split, validation] of folds.entries()) {
      const train = folds[1 - split]!;
      writeTable(join(folder, "2_fold", `split-${split}`, "train.tsv"), train);
      writeTable(join(folder, "2_fold", `split-${split}`, "validation_baseline.tsv"), validation);
    }
    return phantomExperiment(folder, { tsv_path: join(folder, "2_fold"), n_splits: 2, epochs: 2 });
  }

  /** The engine of the project, whose `failing`-th model (from 0) has a NaN loss in its second batch. */
  async function failingEngine(failing: number): Promise<Engine> {
    const engine = await createOnnxEngine({ threads: 1 });
    let created = 0;
    return {
      ...engine,
      async trainer(...request) {
        const model = await engine.trainer(...request);
        if (created++ !== failing) return model;
        const accumulate = model.accumulate.bind(model);
        let batches = 0;
        model.accumulate = async (batch) => {
          const loss = await accumulate(batch);
          return batches++ === 1 ? Number.NaN : loss;
        };
        return model;
      },
    };
  }

  it.each([0, 1])("keeps the other when split %d fails, and says why", async (failing) => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const experiment = await twoFolds(folder);
    const { outcome, events } = await trainPhantom(experiment, maps, {
      engine: await failingEngine(failing),
    });
    expect(outcome.reason).toBe("failed");
    expect(outcome.splits.map(({ reason }) => reason)).toEqual(
      failing === 0 ? ["failed", "completed"] : ["completed", "failed"],
    );
    expect(outcome.failures).toHaveLength(1);
    const problems = outcome.splits[failing]?.problems ?? [];
    expect(problems.map(({ code }) => code)).toEqual(["training.not-finite"]);
    const failure = keepFailure(problems);
    expect(failure.message).toMatch(/^The training loss became NaN in batch 2 of epoch 1 \(sub-/);
    expect(events.filter(({ kind }) => kind === "end")).toHaveLength(2);
    expect(
      existsSync(
        mapsPlace(maps)
          .split(1 - failing)
          .best("loss")
          .results("validation")
          .predictionTsv("image"),
      ),
    ).toBe(true);
    expect((await readRun(mapsPlace(maps).split(failing).network().runJson))?.end).toMatchObject({
      reason: "failed",
      message: failure.message,
      problems: [{ code: "training.not-finite", values: { loss: "NaN", batch: 2, epoch: 1 } }],
    });
  });

  it("keeps the sets of the splits that are not trained too, as far as they can be read", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const experiment = { ...(await twoFolds(folder)), n_splits: 3, split: [1], epochs: 1 };
    await trainPhantom(experiment, maps);
    for (const group of ["train", "validation"]) {
      expect(readdirSync(join(maps, "groups", group)).sort()).toEqual(["split-0", "split-1"]);
    }
    const [first, second] = [
      await readGroup(mapsPlace(maps).group("train", 0)),
      await readGroup(mapsPlace(maps).group("validation", 1)),
    ];
    expect(first).toEqual(second);
    expect(readdirSync(maps).filter((name) => name.startsWith("split-"))).toEqual(["split-1"]);
  });

  it("stops on request, leaves a checkpoint, and does not begin the next", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const experiment = await twoFolds(folder);
    const { outcome, events } = await trainPhantom(experiment, maps, {
      observer: (event) => {
        if (event.kind === "batch") writeFileSync(mapsPlace(maps).stopJson, "{}");
      },
    });
    expect(outcome.splits).toEqual([
      {
        split: 0,
        epochs: 0,
        reason: "stopped",
        problems: [],
        best: {},
      },
    ]);
    expect(events.at(-1)).toMatchObject({ kind: "end", reason: "stopped" });
    expect(readdirSync(join(maps, "split-0", "tmp"))).toContain("training_state.json");
    expect(existsSync(join(maps, "stop.json"))).toBe(false);
    expect((await readRun(mapsPlace(maps).split(0).network().runJson))?.end).toMatchObject({
      reason: "stopped",
    });
  });

  it("stops on a signal", async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const { outcome } = await trainPhantom(await twoFolds(folder), join(folder, "maps"), {
      signal: stop.signal,
      observer: (event) => {
        if (event.kind === "epoch") stop.abort();
      },
    });
    expect(outcome.reason).toBe("stopped");
    expect(outcome.splits).toMatchObject([{ split: 0, epochs: 1, reason: "stopped" }]);
  });
});
