/** Who is at work in a MAPS, as one process finds out. */

import type { NetworkPlace } from "../folder/place";
import { isRunning } from "./processIdentity";
import { HEARTBEAT_LIFE, type RunRecord, readRecords, readRun } from "./records";
import { pause, type Waiting } from "./waiting";

/** Between two looks at a record. Milliseconds. */
const LOOK_EVERY = 1_000;
/** No clock is thought to be behind by more: who gave no sign for so long has died. Milliseconds. */
const MOST_BEHIND = 24 * 3_600_000;

/**
 * Of a process on this machine the system tells whether it runs. Of any other its heartbeat tells, by whether it goes on beating under
 * the eyes and the clock of this process: what time it names is that of a clock which may be minutes away from this one.
 */
export class Presence {
  readonly #life: number;
  /** Signs that nothing followed. */
  readonly #last = new Set<string>();
  /** Trainers whose sign was seen to change. */
  readonly #beating = new Set<string>();
  /** The signs that `isAlive` has met, and since when by the clock of `performance`. */
  readonly #met = new Map<string, { readonly sign: string; readonly since: number }>();

  /** @param life a heartbeat that does not change for so long has stopped; milliseconds */
  constructor(life = HEARTBEAT_LIFE) {
    this.#life = life;
  }

  async isAlive(record: RunRecord): Promise<boolean> {
    if (record.end !== null) return false;
    const running = await isRunning(record);
    if (running !== null) return running;
    if (this.#last.has(signOf(record)) || this.#standsStill(record)) return false;
    // One that came after this process had looked who is there has an old sign by a clock that is behind.
    return this.#beating.has(trainerOf(record)) || Date.now() - record.heartbeat < MOST_BEHIND;
  }

  /** Whether its sign has not changed for a whole life since it was met first. */
  #standsStill(record: RunRecord): boolean {
    const [trainer, sign] = [trainerOf(record), signOf(record)];
    const met = this.#met.get(trainer);
    if (met?.sign === sign) return performance.now() - met.since >= this.#life;
    this.#met.set(trainer, { sign, since: performance.now() });
    return false;
  }

  async aliveIn(maps: string): Promise<RunRecord[]> {
    const records = (await readRecords(maps)).map(({ record }) => record);
    const alive = await Promise.all(records.map((record) => this.isAlive(record)));
    return records.filter((_, index) => alive[index]);
  }

  /**
   * Waits until it is known of every trainer in `maps` whether it is at work, or of one that it is: no longer than the life of a
   * heartbeat. Who comes to join asks of those alone whose clock is ahead or behind, or who died: what has beaten of late by this clock is
   * left to its trainer.
   * @throws WaitEnded
   */
  async watch(maps: string, { join, signal, onWait }: Waiting & { readonly join: boolean }): Promise<void> {
    const doubtful = new Map<string, Doubt>();
    for (;;) {
      let waits = false;
      for (const { record } of await readRecords(maps)) {
        const verdict = await this.#judge(record, doubtful, { join, onWait });
        if (verdict === "beating" && !join) return;
        waits ||= verdict === "doubtful";
      }
      if (!waits) return;
      await pause(Math.min(LOOK_EVERY, this.#life / 10), signal);
    }
  }

  /**
   * Waits until the trainer of one unit is gone, or is known to be at work elsewhere, and no longer than the life of a heartbeat. Where
   * the system does not tell, the heartbeat must stand still for that life under the eyes of this process, since the clock of its machine
   * may be minutes away from this one. One that runs here is about to end: its scheduler has given its unit to this process.
   * @throws WaitEnded
   */
  async watchUnit({ runJson }: NetworkPlace, { signal, onWait }: Waiting = {}): Promise<void> {
    const began = performance.now();
    let first: string | null = null;
    for (;;) {
      const record = await readRun(runJson);
      if (record === null || record.end !== null) return;
      const running = await isRunning(record);
      if (running === false) return;
      const sign = signOf(record);
      if (first === null) {
        first = sign;
        const { pid, host, heartbeat } = record;
        onWait?.({ kind: "sign", pid, host, since: heartbeat, most: this.#life });
      } else if (running === null && sign !== first) {
        this.#beating.add(trainerOf(record));
        return;
      }
      if (performance.now() - began >= this.#life) {
        if (running === null) this.#last.add(sign);
        return;
      }
      await pause(Math.min(LOOK_EVERY, this.#life / 10), signal);
    }
  }

  /** What one more look at a record says of its trainer; "clear" where no heartbeat is needed to tell, or what it tells is known. */
  async #judge(
    record: RunRecord,
    doubtful: Map<string, Doubt>,
    { join, onWait }: Waiting & { readonly join: boolean },
  ): Promise<"clear" | "beating" | "doubtful"> {
    const [trainer, sign] = [trainerOf(record), signOf(record)];
    if (record.end !== null || this.#beating.has(trainer) || this.#last.has(sign)) return "clear";
    if ((await isRunning(record)) !== null) return "clear";
    const known = doubtful.get(trainer);
    if (known !== undefined && known.sign !== sign) {
      this.#beating.add(trainer);
      return "beating";
    }
    const { age, since } = known ?? { age: Date.now() - record.heartbeat, since: performance.now() };
    if (join && Math.abs(age) < this.#life) return "clear";
    const left = this.#life - (performance.now() - since);
    if (left <= 0 || age >= MOST_BEHIND) {
      this.#last.add(sign);
      return "clear";
    }
    if (known === undefined) {
      const { pid, host, heartbeat } = record;
      doubtful.set(trainer, { sign, age, since });
      onWait?.({ kind: "sign", pid, host, since: heartbeat, most: left });
    }
    return "doubtful";
  }
}

/** A sign of a trainer that may have been its last. */
interface Doubt {
  readonly sign: string;
  /** How old it was when it was seen first, below 0 for one from the future; milliseconds. */
  readonly age: number;
  /** When that was, by the clock of `performance`. */
  readonly since: number;
}

const trainerOf = ({ pid, host, started }: RunRecord) => [host, pid, started].join("\t");
const signOf = (record: RunRecord) => [trainerOf(record), record.heartbeat].join("\t");
