import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder";
import { tinyArchitecture, writePhantomStudy } from "../../support/phantomStudy";

const cli = resolve(import.meta.dirname, "../../../dist/cli.js");

interface Run {
  readonly child: ChildProcess;
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

function start(...words: string[]): Run {
  const child = spawn(process.execPath, [cli, ...words], { stdio: "ignore" });
  return { child, exited: once(child, "exit").then(([code]) => code) };
}

/** Hashes of everything that a training leaves besides logs and times. */
function resultsOf(maps: string): Record<string, string> {
  const files = readdirSync(maps, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.pth\.tar$|prediction\.tsv$|metrics\.tsv$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      file.slice(maps.length),
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    ]),
  );
}

it("a training killed again and again, and resumed, leaves the results of one that was not", async () => {
  const folder = temporaryFolder();
  await writePhantomStudy(folder, { size: [16, 16, 16] });
  const file = join(folder, "test.experiment.json");
  const experiment = {
    caps_directory: "caps",
    tsv_path: "split",
    architecture: tinyArchitecture,
    epochs: 30,
    patience: 0,
    batch_size: 2,
    threads: 1,
    n_proc: 0,
    data_augmentation: ["Noise", "CropPad"],
  };
  writeFileSync(file, JSON.stringify(experiment));
  const whole = join(folder, "whole");
  expect(await start("train", file, "--output", whole).exited).toBe(0);

  const maps = join(folder, "killed");
  let current = start("train", file, "--output", maps);
  // Only a MAPS can be resumed: the first kill waits until there is one.
  while (!existsSync(join(maps, "run.json"))) await new Promise((done) => setTimeout(done, 20));
  for (const milliseconds of [150, 900, 1300]) {
    await new Promise((done) => setTimeout(done, milliseconds));
    current.child.kill("SIGKILL");
    await current.exited;
    current = start("resume", maps);
  }
  expect(await current.exited).toBe(0);
  expect(resultsOf(maps)).toEqual(resultsOf(whole));
});
