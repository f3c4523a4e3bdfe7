import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { allInPlace, writeFolder, writeNewFolder } from "../../../src/files/wholeFolder";
import { temporaryFolder } from "../../support/folder";

const disk = vi.hoisted(() => ({ answers: Promise.resolve() }));

/** A disk that takes its time to rename. */
vi.mock("../../../src/files/replace", async (original) => {
  const { replace } = await original<typeof import("../../../src/files/replace")>();
  return { replace: async (from: string, to: string) => disk.answers.then(() => replace(from, to)) };
});

const write = async (temporary: string) => {
  writeFileSync(join(temporary, "ours.tsv"), "");
  return true;
};

const isWaitedFor = () => Promise.race([allInPlace().then(() => false), delay(5, true)]);

it.each([
  ["a new folder", (home: string) => writeFolder(join(home, "split"), write)],
  [
    "a folder of the next free name",
    (home: string) => writeNewFolder(home, "split", async (t) => void (await write(t))),
  ],
])("a stop waits for %s that is on its way to its place", async (_, begin) => {
  const home = temporaryFolder();
  let answer = () => {};
  disk.answers = new Promise<void>((done) => (answer = done));
  const written = begin(home);
  // As a signal would find it: the set is complete, and its name is not there yet.
  await vi.waitFor(async () => expect(await isWaitedFor()).toBe(true));
  expect(existsSync(join(home, "split"))).toBe(false);
  const stop = allInPlace();
  answer();
  await stop;
  expect(existsSync(join(home, "split", "ours.tsv"))).toBe(true);
  await written;
});
