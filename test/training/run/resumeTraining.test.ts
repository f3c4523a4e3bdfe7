import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Experiment } from "../../../src/experiment/experiment";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { readMaps } from "../../../src/maps/folder/summary";
import { RandomGenerator } from "../../../src/network/weights/random";
import type { RunEvent } from "../../../src/run/events";
import type { Notice } from "../../../src/training/notices";
import { resumeTraining } from "../../../src/training/run/resumeTraining";
import type { TrainingOutcome } from "../../../src/training/run/runOptions";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";
import { contentOf } from "../../support/mapsContent";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { readEvents } from "../../support/readEvents";
import { type Row, writeTable } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

let engine: Engine;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
});

interface Interruption {
  /** Stops after that many events. */
  readonly after: number;
  /** "stop": on request. "kill": as if the process had died there; nothing that follows is written. */
  readonly by: "stop" | "kill";
}

class Killed extends Error {}

/** Observer and signal that interrupt a run. */
function interrupting({ after, by }: Interruption) {
  const controller = new AbortController();
  let events = 0;
  return {
    signal: controller.signal,
    observer: () => {
      events += 1;
      if (events < after) return;
      if (by === "kill") throw new Killed();
      controller.abort();
    },
  };
}

/**
 * Trains with interruptions. A kill is played by an observer that throws after an event was written: from then on every event throws,
 * so the run ends without another checkpoint or row; the folder is copied at the first throw, as the kill would leave it.
 */
async function trainInterrupted(
  experiment: Experiment,
  maps: string,
  interruptions: readonly Interruption[],
) {
  const options = { engine, gyrusVersion: "0.0.0", command: ["gyrus"] };
  let current = `${maps}-0`;
  let outcome: TrainingOutcome | undefined;
  for (const [i, interruption] of interruptions.entries()) {
    const next = `${maps}-${i + 1}`;
    const { signal, observer } = interrupting(interruption);
    let copied = false;
    const where = current;
    const killing = (event: RunEvent) => {
      try {
        observer();
      } catch (error) {
        if (!copied) cpSync(where, next, { recursive: true });
        copied = true;
        throw error;
      }
      return event;
    };
    const run =
      i === 0
        ? trainPhantom(experiment, current, { engine, signal, observer: killing }).then(
            (result) => result.outcome,
          )
        : resumeTraining(current, { ...options, signal, observer: killing });
    outcome = await run.catch((error: unknown) => {
      if (error instanceof Killed) return undefined;
      throw error;
    });
    if (copied) {
      // The process that is dead in the copy is this one, and alive: in the copy it is one that began at another moment.
      for (const name of readdirSync(next, { recursive: true, encoding: "utf8" })) {
        if (basename(name) !== "run.json") continue;
        const record = JSON.parse(readFileSync(join(next, name), "utf8"));
        writeFileSync(
          join(next, name),
          JSON.stringify({ ...record, processStart: `${record.processStart}1` }),
        );
      }
      current = next;
    }
  }
  outcome = await resumeTraining(current, options);
  return { maps: current, outcome };
}

const settings = {
  epochs: 4,
  accumulation_steps: 2,
  evaluation_steps: 1,
  batch_size: 2,
  patience: 3,
  adaptive_learning_rate: true,
  sampler: "weighted",
};

describe("a resumed training", () => {
  let folder: string;
  let experiment: Experiment;
  let whole: string;
  let wholeOutcome: TrainingOutcome;
  let eventCount: number;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gyrus-"));
    const study = await writePhantomStudy(folder, {
      train: 7,
      validation: 5,
      size: [8, 8, 8],
      contrast: 0.6,
    });
    for (const split of [0, 1]) {
      const rows = [...study.train, ...study.validation];
      const validation = rows.filter((_, i) => i % 3 === split);
      writeTable(
        join(folder, "2_fold", `split-${split}`, "train.tsv"),
        rows.filter((row) => !validation.includes(row)),
      );
      writeTable(join(folder, "2_fold", `split-${split}`, "validation_baseline.tsv"), validation);
    }
    experiment = phantomExperiment(folder, { ...settings, tsv_path: join(folder, "2_fold"), n_splits: 2 });
    whole = join(folder, "whole");
    const { outcome, events } = await trainPhantom(experiment, whole, { engine });
    wholeOutcome = outcome;
    eventCount = events.length;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const random = new RandomGenerator(5);
  const cases = Array.from({ length: 10 }, (_, i) => {
    const by = i % 2 === 0 ? ("kill" as const) : ("stop" as const);
    return { by, places: [random.uniform(), random.uniform()] };
  });

  it.each(cases)("interrupted twice ($by, at $places) equals one that never was", async ({ by, places }) => {
    const interruptions = places.map((place) => ({ by, after: 1 + Math.floor((place * eventCount) / 2) }));
    const { maps, outcome } = await trainInterrupted(
      experiment,
      join(folder, `interrupted-${random.nextUint32()}`),
      interruptions,
    );
    expect(outcome.splits).toEqual(wholeOutcome.splits);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("says in the log where it goes on", async () => {
    const { maps } = await trainInterrupted(experiment, join(folder, "logged"), [{ by: "stop", after: 3 }]);
    const { events } = await readEvents(join(maps, "split-0", "training_logs", "events.jsonl"));
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i));
    const starts = events.filter((event) => event.kind === "start");
    expect(starts.map((event) => event.resumedAt)).toEqual([null, { epoch: 0, batch: 2 }]);
  });

  it("leaves a finished MAPS as it is, and answers with its results", async () => {
    const before = await contentOf(whole);
    const notices: string[] = [];
    const onNotice = (notice: Notice) => notices.push(phraseText(notice));
    const outcome = await resumeTraining(whole, { engine, gyrusVersion: "0.0.0", command: [], onNotice });
    expect(outcome.splits).toEqual(wholeOutcome.splits);
    const ofEnds = notices.filter((sentence) => !sentence.includes("sessions of"));
    expect(ofEnds).toEqual(["Split 0 has finished already.", "Split 1 has finished already."]);
    expect(await contentOf(whole)).toEqual(before);
  });

  it("finishes what was killed when all was done, and not told yet", async () => {
    const maps = join(folder, "untold");
    cpSync(whole, maps, { recursive: true });
    const file = join(maps, "split-1", "training_logs", "run.json");
    const record = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...record, end: null, processStart: `${record.processStart}1` }));
    expect((await readMaps(maps))?.status).toBe("interrupted");
    await resumeTraining(maps, { engine, gyrusVersion: "0.0.0", command: [] });
    expect((await readMaps(maps))?.status).toBe("finished");
  });

  it("is refused when the tables have changed", async () => {
    const other = temporaryFolder();
    const study = await writePhantomStudy(other);
    const maps = join(other, "maps");
    await trainInterrupted(phantomExperiment(other, { epochs: 2 }), maps, [{ by: "stop", after: 2 }]);
    writeTable(join(other, "split", "train.tsv"), study.train.slice(1));
    const resumed = resumeTraining(`${maps}-0`, { engine, gyrusVersion: "0.0.0", command: [] });
    await expect(resumed).rejects.toThrow(
      /The training set of split 0 is not the one of .*: 1 of its rows is gone or changed, 0 are new\./,
    );
  });

  it("goes on with data that has moved once maps.json says where it is, and says so before", async () => {
    const study = temporaryFolder();
    await writePhantomStudy(study);
    const maps = join(study, "maps");
    const experiment = phantomExperiment(study, { epochs: 2 });
    const begun = await trainPhantom(experiment, maps, { engine, signal: AbortSignal.abort() });
    expect(begun.outcome.reason).toBe("stopped");
    const moved = join(study, "moved");
    renameSync(experiment.caps_directory, moved);
    const resume = () => resumeTraining(maps, { engine, gyrusVersion: "0.0.0", command: [] });
    const file = join(maps, "maps.json");
    await expect(resume()).rejects.toThrow(`If the data has moved, correct it in ${file}.`);
    const json = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...json, caps_directory: moved }));
    expect((await resume()).splits).toMatchObject([{ reason: "completed", epochs: 2 }]);
  });

  it("is refused for a MAPS of ClinicaDL, with the reason", async () => {
    const maps = temporaryFolder();
    cpSync(fixture("experiment/clinicadl_classification_maps.json"), join(maps, "maps.json"));
    const resumed = resumeTraining(maps, { engine, gyrusVersion: "0.0.0", command: [] });
    await expect(resumed).rejects.toThrow(
      /ClinicaDL trained here\. Its checkpoints hold neither the best values/,
    );
    expect(readdirSync(maps)).toEqual(["maps.json"]);
  });
});

describe("a resumed network of the zoo", () => {
  it("equals one that was not interrupted, with dropout and every optimizer's state", async () => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder, { train: 4, validation: 2, size: [20, 20, 20] });
    for (const optimizer of ["Adam", "NAdam", "SGD"]) {
      const keys = { architecture: "Conv5_FC3", dropout: 0.5, epochs: 2, batch_size: 2, optimizer };
      const experiment = phantomExperiment(folder, keys);
      const whole = join(folder, `whole-${optimizer}`);
      await trainPhantom(experiment, whole, { engine });
      const { maps } = await trainInterrupted(experiment, join(folder, optimizer), [
        { by: "stop", after: 2 },
      ]);
      expect(await contentOf(maps), optimizer).toEqual(await contentOf(whole));
    }
  });
});

describe.each([1, 2])("a resumed multi-network, %d at once", (atOnce) => {
  it.each([5, 40, 75])("interrupted after %d events equals one that never was", async (after) => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder, { train: 6, validation: 4 });
    const experiment = phantomExperiment(folder, {
      ...settings,
      epochs: 2,
      multi_network: true,
      networks_at_once: atOnce,
      preprocessing_dict: { mode: "patch", patch_size: 7, stride_size: 5 },
    });
    const whole = join(folder, "whole");
    await trainPhantom(experiment, whole, { engine });
    for (const by of ["stop", "kill"] as const) {
      const { maps } = await trainInterrupted(experiment, join(folder, by), [{ by, after }]);
      expect(await contentOf(maps)).toEqual(await contentOf(whole));
    }
  });
});

describe("a resumed run of any kind equals one that was not interrupted", () => {
  const patch = { mode: "patch", patch_size: 7, stride_size: 5 };
  const slice = { mode: "slice", slice_direction: 2, slice_mode: "rgb", discarded_slices: [2, 2] };
  const cases: readonly (readonly [string, (folder: string) => Readonly<Record<string, unknown>>])[] = [
    ["a reconstruction", () => ({ network_task: "reconstruction" })],
    ["a reconstruction of slices", () => ({ network_task: "reconstruction", preprocessing_dict: slice })],
    ["a regression", () => ({ network_task: "regression" })],
    [
      "patches with one network",
      () => ({ preprocessing_dict: patch, data_augmentation: ["Noise", "CropPad"] }),
    ],
    [
      "patches of images that are transformed before they are cut",
      () => ({
        preprocessing_dict: patch,
        intensity: { kind: "z-score" },
        augmentation: {
          on: "image",
          transforms: [{ kind: "flip" }, { kind: "affine", probability: 0.8 }, { kind: "elastic" }],
        },
      }),
    ],
    [
      "slices with one of several transforms each",
      () => ({
        preprocessing_dict: slice,
        augmentation: {
          transforms: [{ one_of: [{ kind: "affine" }, { kind: "noise" }, { kind: "anisotropy" }] }],
        },
      }),
    ],
    [
      "a transfer with frozen layers",
      (folder) => ({ transfer_path: join(folder, "source"), nb_unfrozen_layer: 1 }),
    ],
    [
      "two cohorts",
      (folder) => ({
        multi_cohort: true,
        caps_directory: join(folder, "caps.tsv"),
        tsv_path: join(folder, "labels.tsv"),
      }),
    ],
  ];
  it.each(cases)("%s", async (_, keysIn) => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder, { train: 5, validation: 4 });
    await writePhantomStudy(join(folder, "second"), { train: 3, validation: 2, seed: 2 });
    const cohorts = ["single", "second"].map((cohort) => ({
      cohort,
      home: cohort === "second" ? "second/" : "",
    }));
    const table = (name: string, row: (home: string) => Row) =>
      writeTable(
        join(folder, name),
        cohorts.map(({ cohort, home }) => ({ cohort, ...row(home) })),
      );
    table("caps.tsv", (home) => ({ path: `${home}caps` }));
    table("labels.tsv", (home) => ({ path: `${home}split`, diagnoses: "AD,CN" }));
    await trainPhantom(phantomExperiment(folder, { epochs: 1 }), join(folder, "source"), { engine });

    const experiment = phantomExperiment(folder, { epochs: 2, batch_size: 2, ...keysIn(folder) });
    const whole = join(folder, "whole");
    const { events } = await trainPhantom(experiment, whole, { engine });
    for (const [by, share] of [
      ["stop", 0.3],
      ["kill", 0.7],
    ] as const) {
      const after = Math.ceil(share * events.length);
      const { maps } = await trainInterrupted(experiment, join(folder, by), [{ by, after }]);
      expect(await contentOf(maps), by).toEqual(await contentOf(whole));
    }
  });
});
