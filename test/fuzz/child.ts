/**
 * The process in which readers are tried: `node child.mjs FOLDER PLAN`, PLAN a Plan as JSON. It writes a line of JSON on stdout for each
 * fault, and keeps in FOLDER/at.json which input it is at, for when it does not survive it.
 */
import { mkdirSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { READERS } from "./readers";
import { type Fault, inputOf, MOST_MEMORY, tryInput } from "./trial";

export interface Plan {
  readonly seed: number;
  /** None for all. */
  readonly readers: readonly string[];
  /** Those that are left out. */
  readonly without: readonly string[];
  /** Seconds of processor time to spend. */
  readonly seconds: number;
  /** The first input. */
  readonly from: number;
  readonly bombs: boolean;
}

/** Which input: its number among the mutations, or the name of a bomb. */
export interface At {
  readonly reader: string;
  readonly input: number | string;
}

/** `content`: the file that holds the input. */
export type Line = (At & { readonly fault: Fault; readonly content: string }) | { readonly done: number };

const [folder = "", json = "{}"] = process.argv.slice(2);
const plan: Plan = JSON.parse(json);
let faults = 0;

/** Written at once: the process may die of the next input. */
const say = (line: Line) => writeSync(1, `${JSON.stringify(line)}\n`);

async function attempt(at: At, content: Buffer): Promise<void> {
  writeFileSync(join(folder, "at.json"), JSON.stringify(at));
  writeFileSync(join(folder, "at.bin"), content);
  const reader = READERS[at.reader];
  if (reader === undefined) throw new RangeError(`There is no reader ${at.reader}.`);
  const fault = await tryInput(reader, content, join(folder, at.reader));
  if (fault === null) return;
  const kept = join(folder, `fault-${process.pid}-${faults++}.bin`);
  writeFileSync(kept, content);
  say({ ...at, fault, content: kept });
  // The peak of a process never falls: the next input needs a new one.
  if (fault.kind === "memory") process.exit(0);
}

const all = Object.entries(READERS).filter(([name]) => !plan.without.includes(name));
const chosen = plan.readers.length === 0 ? all : all.filter(([name]) => plan.readers.includes(name));
if (plan.readers.length > chosen.length + plan.without.length)
  throw new RangeError(`There are the readers ${Object.keys(READERS).join(", ")}.`);
for (const [name, reader] of chosen) {
  mkdirSync(join(folder, name), { recursive: true });
  await reader.prepare?.(join(folder, name));
}
if (plan.bombs) {
  for (const [name, reader] of chosen) {
    for (const [bomb, content] of Object.entries(reader.bombs ?? {}))
      await attempt({ reader: name, input: bomb }, content);
  }
}
let done = 0;
const begun = process.cpuUsage();
const used = () => {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
};
for (let index = plan.from; used() < plan.seconds; index++) {
  for (const [name, reader] of chosen) {
    await attempt({ reader: name, input: index }, inputOf(reader, plan.seed, index));
    done++;
  }
}
if (process.resourceUsage().maxRSS * 1024 > MOST_MEMORY) process.exitCode = 3;
say({ done });
