import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { failingEngine, pairingEngine } from "../../support/enginesSideBySide";
import { linesOfTraining } from "../../support/linesOfTraining";
import { contentOf } from "../../support/mapsContent";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { readEvents } from "../../support/readEvents";
import { writeTable } from "../../support/study";
import { trainerProgram } from "../../support/trainerProgram";
import { resumePhantom, trainPhantom } from "../../support/trainPhantom";

let folder: string;
/** Trained one split after the other, with one thread. */
let whole: string;
const threeFolds = (changes: Readonly<Record<string, unknown>> = {}) =>
  phantomExperiment(folder, { tsv_path: join(folder, "3_fold"), n_splits: 3, epochs: 2, ...changes });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  const { train } = await writePhantomStudy(folder, { train: 12, validation: 0 });
  for (const split of [0, 1, 2]) {
    const held = train.filter((_, place) => Math.floor(place / 4) === split);
    const rest = train.filter((row) => !held.includes(row));
    writeTable(join(folder, "3_fold", `split-${split}`, "train.tsv"), rest);
    writeTable(join(folder, "3_fold", `split-${split}`, "validation_baseline.tsv"), held);
  }
  whole = join(folder, "whole");
  await trainPhantom(threeFolds(), whole);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("splits that train side by side", () => {
  it("are there at the same time, and leave what they leave in turn with as many threads, bit for bit", async () => {
    const maps = join(folder, "pairs");
    const { outcome, events } = await trainPhantom(threeFolds({ splits_at_once: 2 }), maps, {
      engine: await pairingEngine(1, 2),
    });
    expect(outcome.reason).toBe("completed");
    expect(outcome.splits.map(({ split }) => split)).toEqual([0, 1, 2]);
    expect(events.flatMap((event) => (event.kind === "start" ? [event.threads] : []))).toEqual([1, 1, 1]);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
    expect(await readMaps(maps)).toMatchObject({ status: "finished" });
  });

  it("stop together, with a checkpoint each, and begin no other", async () => {
    const maps = join(folder, "stopped");
    const controller = new AbortController();
    const begun = new Set<number>();
    const { outcome } = await trainPhantom(threeFolds({ splits_at_once: 2 }), maps, {
      engine: await pairingEngine(1, 2),
      signal: controller.signal,
      observer: (event, { split }) => {
        if (event.kind === "start") begun.add(split);
        if (begun.size === 2) controller.abort();
      },
    });
    expect(outcome.reason).toBe("stopped");
    expect(outcome.splits.map(({ split, reason }) => [split, reason])).toEqual([
      [0, "stopped"],
      [1, "stopped"],
    ]);
    expect(existsSync(mapsPlace(maps).split(2).folder)).toBe(false);
    expect((await resumePhantom(maps)).reason).toBe("completed");
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("fail alone: the others are trained, and a resumption trains what is left", async () => {
    const maps = join(folder, "failed");
    const { outcome } = await trainPhantom(threeFolds({ splits_at_once: 2 }), maps, {
      engine: await failingEngine(2),
    });
    expect(outcome.reason).toBe("failed");
    const reasons = outcome.splits.map(({ reason }) => reason);
    expect(reasons.toSorted()).toEqual(["completed", "completed", "failed"]);
    expect((await resumePhantom(maps)).reason).toBe("completed");
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("are named in every line of the terminal", async () => {
    const { observer, lines } = linesOfTraining();
    const experiment = threeFolds({ splits_at_once: 2 });
    await trainPhantom(experiment, join(folder, "told"), { observer, engine: await pairingEngine(1, 2) });
    for (const split of [0, 1, 2])
      expect(lines.filter((line) => new RegExp(`split ${split}\\b`).test(line))).toHaveLength(4);
    expect(lines).toHaveLength(3 * 4);
  });

  it("lose nothing by kills anywhere", async () => {
    const file = join(folder, "killed.experiment.json");
    const keys = ["caps_directory", "tsv_path", "preprocessing_dict", "architecture", "epochs"] as const;
    const { n_splits, batch_size, learning_rate, n_proc, ...rest } = threeFolds();
    const same = Object.fromEntries(keys.map((key) => [key, rest[key]]));
    const own = {
      splits_at_once: 2,
      threads: 2,
      engine: "onnx",
      n_splits,
      batch_size,
      learning_rate,
      n_proc,
    };
    writeFileSync(file, JSON.stringify({ ...same, ...own }));
    const maps = join(folder, "killed");
    for (const at of [150, 120]) {
      const begun = existsSync(mapsPlace(maps).mapsJson);
      const words = begun ? ["resume", maps] : ["train", file, "--output", maps];
      const { signal, errors } = await trainerProgram(words, { GYRUS_KILL_AT: String(at) });
      expect(signal, errors).toBe("SIGKILL");
    }
    const logs = [0, 1].map((split) => mapsPlace(maps).split(split).network().eventsJsonl);
    for (const log of logs) expect((await readEvents(log)).events.length).toBeGreaterThan(0);
    const { code, errors } = await trainerProgram(["resume", maps], {});
    expect(code, errors).toBe(0);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });
});
