/** One trainer at a time in a MAPS: run.json is the lock, the heartbeat and the record of the run in one. */
import { open, rm, stat } from "node:fs/promises";
import type { InputError } from "../../experiment/problem";
import { refuse } from "../../experiment/problemTable";
import type { EndReason } from "../../run/events";
import { writeJson } from "../folder/json";
import { removeLeftovers } from "../folder/leftovers";
import { mapsPlace } from "../folder/place";
import { thisProcess } from "./processIdentity";
import { HEARTBEAT_INTERVAL, isAlive, type RunRecord, readRun } from "./run";

export interface RunDescription {
  readonly command: readonly string[];
  readonly gyrusVersion: string;
}

/** The run of this process. It holds the MAPS until `end`, or until the process dies. */
export class Run {
  readonly #heart: NodeJS.Timeout;
  /** Writes follow one another, so that an older record never replaces a newer one. */
  #writing: Promise<void> = Promise.resolve();
  readonly #maps: string;
  #record: RunRecord;

  constructor(maps: string, record: RunRecord) {
    this.#maps = maps;
    this.#record = record;

    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_INTERVAL);
    this.#heart.unref();
  }

  /** Says what computes, once it is known. */
  async setEngine(engine: string): Promise<void> {
    this.#record = { ...this.#record, engine };
    await this.#write();
  }

  /** Records how the run ended and lets the MAPS go. */
  async end(reason: EndReason, message: string): Promise<void> {
    clearInterval(this.#heart);
    this.#record = { ...this.#record, end: { reason, time: Date.now(), message } };
    await this.#write();
  }

  /** A heartbeat that fails (a full disk, a network folder away for a moment) must not end the training. */
  #beat(): void {
    this.#write({ flush: false }).catch(() => {});
  }

  #write({ flush = true } = {}): Promise<void> {
    this.#record = { ...this.#record, heartbeat: Date.now() };
    const record = this.#record;
    this.#writing = this.#writing
      .catch(() => {})
      .then(() => writeJson(mapsPlace(this.#maps).runJson, record, { flush, makeFolder: false }));
    return this.#writing;
  }
}

/** Takes the MAPS for this process, and removes what a killed one was writing. Throws an InputError when another trainer is at work there. */
export async function startRun(maps: string, { command, gyrusVersion }: RunDescription): Promise<Run> {
  return await alone(`${mapsPlace(maps).runJson}.lock`, async () => {
    const previous = await readRun(maps);
    if (previous !== null && isAlive(previous)) throw inUse(maps, previous);
    const now = Date.now();
    const record = {
      ...thisProcess(),
      started: now,
      heartbeat: now,
      command,
      gyrusVersion,
      engine: null,
      end: null,
    };
    await writeJson(mapsPlace(maps).runJson, record);
    await removeLeftovers(maps);
    return new Run(maps, record);
  });
}

function inUse(maps: string, { pid, host, started }: RunRecord): InputError {
  const values = { started: new Date(started).toLocaleString(), pid, host };
  return refuse("maps.in-use", { file: maps }, values);
}

/** Nobody holds the guard longer than it takes to read and write one small file. */
const GUARD_LIFE = 10_000;
const GUARD_POLL = 50;

/** Runs `action` while no other process is inside it: between reading run.json and writing it, nobody else may. */
async function alone<Result>(guard: string, action: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      await (await open(guard, "wx")).close();
      break;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      await removeIfOld(guard);
      await new Promise((done) => setTimeout(done, GUARD_POLL));
    }
  }
  try {
    return await action();
  } finally {
    await rm(guard, { force: true });
  }
}

async function removeIfOld(guard: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(guard);
    if (Date.now() - mtimeMs > GUARD_LIFE) await rm(guard, { force: true });
  } catch {
    // It is gone: the other process is done.
  }
}
