import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { writeDemo } from "../../src/data/demo/demoCaps";
import { readEvents } from "../../src/maps/events/eventLog";
import { mapsPlace } from "../../src/maps/folder/place";
import { RandomGenerator } from "../../src/network/weights/random";
import { temporaryFolder } from "./folder";
import { contentOf } from "./mapsContent";
import { tinyArchitecture } from "./phantomStudy";

const root = resolve(import.meta.dirname, "../..");
const hook = pathToFileURL(join(root, "test/support/killAtFileOperation.mjs")).href;

interface Ending {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

/** Runs the trainer. @param environment for the hook: when to kill it, where to count */
async function gyrus(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ending> {
  const child = spawn(process.execPath, ["--import", hook, join(root, "dist/cli.js"), ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...environment },
  });
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, errors };
}

const EPOCHS = 16;

/** How much of the training the log tells, from 0 to 1. */
async function shareDone(maps: string): Promise<number> {
  const log = mapsPlace(maps).split(0).network().eventsJsonl;
  const { events } = existsSync(log) ? await readEvents(log) : { events: [] };
  let [batches, done] = [1, 0];
  for (const event of events) {
    if (event.kind === "start") batches = event.batchesPerEpoch;
    if (event.kind === "batch") done = event.epoch + (event.batch + 1) / batches;
  }
  return done / EPOCHS;
}

/**
 * A training of the demo, killed so many times anywhere and resumed, must leave the results of one that was not, bit for bit.
 * GYRUS_TEST_SEED draws the same kills again.
 */
export async function expectSurvival(killCount: number): Promise<void> {
  const folder = temporaryFolder();
  const study = await writeDemo(folder, { seed: 0, participants: 24 });
  const file = join(folder, "test.experiment.json");
  const experiment = {
    caps_directory: relative(folder, study.caps),
    tsv_path: relative(folder, study.split),
    preprocessing_dict: { mode: "roi", roi_list: ["leftHippocampus", "rightHippocampus"] },
    architecture: tinyArchitecture,
    epochs: EPOCHS,
    patience: 0,
    batch_size: 6,
    evaluation_steps: 3,
    sampler: "weighted",
    data_augmentation: ["Noise", "CropPad"],
    engine: "onnx",
    threads: 1,
    n_proc: 1,
  };
  writeFileSync(file, JSON.stringify(experiment));
  const whole = join(folder, "whole");
  const counted = join(folder, "operations");
  expect(await gyrus(["train", file, "--output", whole], { GYRUS_COUNT_TO: counted })).toMatchObject({
    code: 0,
  });
  const operations = Number(readFileSync(counted, "utf8"));

  const seed = Number(process.env.GYRUS_TEST_SEED ?? Date.now() % 1e6);
  const random = new RandomGenerator(seed);
  const maps = join(folder, "killed");
  const next = () =>
    existsSync(mapsPlace(maps).mapsJson) ? ["resume", maps] : ["train", file, "--output", maps];
  const kills: string[] = [];
  for (let left = killCount; left > 0; left--) {
    // Before there is a maps.json nothing can be resumed: the training is begun anew.
    if (!existsSync(mapsPlace(maps).mapsJson)) rmSync(maps, { recursive: true, force: true });
    // Each takes its part of what is left on average, the last one any of it. A tenth less than there is: the beginning writes more.
    const rest = 0.9 * operations * (1 - (await shareDone(maps)));
    const at = 1 + Math.floor((random.uniform() * 2 * rest) / (left + 1));
    const { signal, errors } = await gyrus(next(), { GYRUS_KILL_AT: String(at) });
    kills.push(`operation ${at}, ${Math.round(100 * (await shareDone(maps)))} % done`);
    expect(signal, `GYRUS_TEST_SEED=${seed}: kills at ${kills.join("; ")}\n${errors}`).toBe("SIGKILL");
  }
  const story = `GYRUS_TEST_SEED=${seed}: kills at ${kills.join("; ")}`;
  const { code, errors } = await gyrus(next(), {});
  expect(code, `${story}\n${errors}`).toBe(0);
  expect(await contentOf(maps), story).toEqual(await contentOf(whole));
}
