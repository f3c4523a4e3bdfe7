/** A study that is submitted to the cluster of a test, and trained on one machine to be compared. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { contentOf } from "./mapsContent";
import { readEvents } from "./readEvents";
import { CLI } from "./trainerProgram";

/** A process of its own. @returns its exit code, what it said, and what it printed */
export async function gyrus(
  ...words: readonly string[]
): Promise<{ code: number; said: string; printed: string }> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "pipe", "pipe"] });
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
