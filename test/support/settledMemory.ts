import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Resident memory in bytes, when what nobody holds has been given back: buffers go a moment after their arrays. */
export async function settledMemory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await setTimeout(20);
  }
  return process.memoryUsage().rss;
}
