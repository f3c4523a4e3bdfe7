/** A study that is submitted to the cluster of a test, and trained on one machine to be compared. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { readRun } from "../../src/maps/units/records";
import { contentOf } from "./mapsContent";
import { readEvents } from "./readEvents";
import { CLI } from "./trainerProgram";

/** Its exit code, what it said, and what it printed. */
interface Ended {
  readonly code: number;
  readonly said: string;
  readonly printed: string;
}

/** A process of its own. */
export const gyrus = (...words: readonly string[]): Promise<Ended> => ended(words, process.env);

/** The same where no program of SLURM is. */
export const gyrusWithoutSlurm = (...words: readonly string[]): Promise<Ended> =>
  ended(words, { ...process.env, PATH: import.meta.dirname });

async function ended(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "pipe", "pipe"], env });
  let [said, printed] = ["", ""];
  child.stderr.on("data", (data) => {
    said += data;
  });
  child.stdout.on("data", (data) => {
    printed += data;
  });
  const [code] = await once(child, "close");
  return { code, said, printed };
}

/** What a MAPS holds without what only a cluster leaves. */
export async function trainedIn(maps: string): Promise<Record<string, unknown>> {
  const content = await contentOf(maps);
  return Object.fromEntries(Object.entries(content).filter(([name]) => !name.startsWith("cluster/")));
}

/** Submits an experiment into the folder `maps` beside it. @returns the MAPS */
export async function submitted(
  folder: string,
  file: string,
  profile: object = { cpus: 1 },
): Promise<string> {
  const given = join(folder, "profile.json");
  writeFileSync(given, JSON.stringify(profile));
  const maps = join(folder, "maps");
  const answer = await gyrus("submit", file, "--output", maps, "--profile", given, "--yes", "--json");
  expect(answer.code, answer.said + answer.printed).toBe(0);
  return maps;
}

/** The MAPS of one machine. */
export async function trainedAlone(folder: string, file: string): Promise<Record<string, unknown>> {
  const maps = join(folder, "alone");
  const { code, said } = await gyrus("train", file, "--output", maps);
  expect(code, said).toBe(0);
  return await trainedIn(maps);
}

/** Waits until the network of a split has learned for an epoch. */
export async function begun(maps: string, split: number): Promise<void> {
  const log = mapsPlace(maps).split(split).network().eventsJsonl;
  await vi.waitFor(
    async () => {
      const { events } = await readEvents(log);
      if (!events.some(({ kind }) => kind === "epoch")) throw new Error("it has not learned yet");
    },
    { timeout: 300_000, interval: 20 },
  );
}

/**
 * Lets the task of a split stand still while a test looks at it, however fast it is; the scheduler lets it go when it ends it.
 * @param former the process that was held before
 * @returns its process
 */
export async function held(maps: string, split: number, former?: number): Promise<number> {
  await begun(maps, split);
  const { runJson } = mapsPlace(maps).split(split).network();
  return await vi.waitFor(
    async () => {
      const pid = (await readRun(runJson))?.pid;
      if (pid === undefined || pid === former) throw new Error("it has not begun again yet");
      process.kill(pid, "SIGSTOP");
      return pid;
    },
    { timeout: 300_000, interval: 20 },
  );
}
