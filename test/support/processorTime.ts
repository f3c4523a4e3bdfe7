/** What a test file cost, for the closing line: its own process is over when the line is written. */
import { afterAll } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Processor time of the file's process, all threads, in seconds. */
    processorSeconds?: number;
  }
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern that no fixture is wanted.
afterAll(({}, { file }) => {
  const { user, system } = process.cpuUsage();
  file.meta.processorSeconds = (user + system) / 1e6;
});
