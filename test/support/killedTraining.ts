import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { RandomGenerator } from "../../src/network/weights/random";
import { temporaryFolder } from "./folder";
import { contentOf } from "./mapsContent";
import { readEvents } from "./readEvents";
import { trainerProgram, writeResumableStudy } from "./trainerProgram";

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
  const file = await writeResumableStudy(folder, EPOCHS);
  const whole = join(folder, "whole");
  const counted = join(folder, "operations");
  expect(await trainerProgram(["train", file, "--output", whole], { GYRUS_COUNT_TO: counted })).toMatchObject(
    {
      code: 0,
    },
  );
  const operations = Number(readFileSync(counted, "utf8"));

  const seed = Number(process.env.GYRUS_TEST_SEED ?? Date.now() % 1e6);
  const random = new RandomGenerator(seed);
  const maps = join(folder, "killed");
  const next = () =>
    existsSync(mapsPlace(maps).mapsJson) ? ["resume", maps] : ["train", file, "--output", maps];
  const kills: string[] = [];
  for (let left = killCount; left > 0; left--) {
    // Each takes its part of what is left on average, the last one any of it. A tenth less than there is: the beginning writes more.
    const rest = 0.9 * operations * (1 - (await shareDone(maps)));
    const at = 1 + Math.floor((random.uniform() * 2 * rest) / (left + 1));
    const { signal, errors } = await trainerProgram(next(), { GYRUS_KILL_AT: String(at) });
    kills.push(`operation ${at}, ${Math.round(100 * (await shareDone(maps)))} % done`);
    expect(signal, `GYRUS_TEST_SEED=${seed}: kills at ${kills.join("; ")}\n${errors}`).toBe("SIGKILL");
  }
  const story = `GYRUS_TEST_SEED=${seed}: kills at ${kills.join("; ")}`;
  const { code, errors } = await trainerProgram(next(), {});
  expect(code, `${story}\n${errors}`).toBe(0);
  expect(await contentOf(maps), story).toEqual(await contentOf(whole));
}
