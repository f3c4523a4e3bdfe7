/** One input given to one reader, and what must not come of it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { failureProblems } from "../../src/training/failureProblems";
import { mutated, randomOf } from "./mutate";
import type { Reader } from "./reader";

/** Seconds of processor time, all threads. */
export const MOST_SECONDS = 2;
/** Bytes. */
export const MOST_MEMORY = 2 ** 30;

/** What went wrong. */
export type Fault =
  | { readonly kind: "raw-error"; readonly error: string }
  | { readonly kind: "time"; readonly seconds: number }
  | { readonly kind: "memory"; readonly bytes: number };

/** Input number `index` of a reader: the same at each call. */
export function inputOf(reader: Reader, seed: number, index: number): Buffer {
  const random = randomOf(seed ^ Math.imul(index + 1, 0x9e3779b1));
  const chosen = reader.seeds[Math.floor(random() * reader.seeds.length)];
  if (chosen === undefined) throw new RangeError("A reader has no seed.");
  const { bytes, inner } = chosen;
  const insides = reader.seeds.flatMap((one) => one.inner?.bytes ?? []);
  if (inner !== undefined && random() < 0.7) return inner.pack(mutated(inner.bytes, random, insides));
  return mutated(
    bytes,
    random,
    reader.seeds.map((one) => one.bytes),
  );
}

/** Reads `input` from a file in `folder` and says what went wrong; null where nothing did. */
export async function tryInput(reader: Reader, input: Buffer, folder: string): Promise<Fault | null> {
  const file = join(folder, reader.file);
  writeFileSync(file, input);
  const [before, peak] = [process.cpuUsage(), peakMemory()];
  let raw: string | null = null;
  try {
    await reader.read(file, folder);
  } catch (error) {
    raw = isTold(error) ? null : error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  if (raw !== null) return { kind: "raw-error", error: raw };
  if (seconds > MOST_SECONDS) return { kind: "time", seconds };
  const now = peakMemory();
  return now > MOST_MEMORY && now > peak ? { kind: "memory", bytes: now } : null;
}

/** The most that this process has ever held, in bytes. */
const peakMemory = () => process.resourceUsage().maxRSS * 1024;

/** Users are told what is wrong and where, and programs by a code. */
const isTold = (error: unknown) => failureProblems(error).every(({ code }) => code !== "program.failed");
