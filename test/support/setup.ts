/** What goes with every test file: its folders are removed, and what it cost is told. */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";
import { removeTemporaryFolders } from "./folder";

declare module "vitest" {
  interface TaskMeta {
    /** Processor time of the file, all threads, in seconds, for the closing line: its own process is over when that is written. */
    processorSeconds?: number;
  }
}

declare global {
  /** Processor time in seconds of this process, which files may share, as far as it was told. */
  var gyrusProcessorSeconds: number | undefined;
}

// Trainings of tests know nothing of those of the user, nor of other tests.
if (process.env.GYRUS_TRAININGS === undefined) {
  const folder = join(tmpdir(), `gyrus-trainings-${process.pid}`);
  process.env.GYRUS_TRAININGS = folder;
  // Files may share the process: it is removed when the process ends.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

afterEach(removeTemporaryFolders);

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern that no fixture is wanted.
afterAll(({}, { file }) => {
  const { user, system } = process.cpuUsage();
  const seconds = (user + system) / 1e6;
  file.meta.processorSeconds = seconds - (globalThis.gyrusProcessorSeconds ?? 0);
  globalThis.gyrusProcessorSeconds = seconds;
});
