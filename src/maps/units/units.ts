/**
 * One trainer at a time for a unit: its run.json is lock, heartbeat and record in one. A unit is one network of one split; of a
 * multi-network the split itself is one more, that of its results. Several processes, on any machines, can train one MAPS.
 */

import { keepFailure } from "../../experiment/problems/keptProblem";
import { refuse } from "../../experiment/problems/makeProblem";
import type { InputError } from "../../experiment/problems/problem";
import { writeJson } from "../folder/json";
import { removeLeftovers } from "../folder/leftovers";
import { mapsPlace, type NetworkPlace } from "../folder/place";
import { alone } from "./guard";
import { FolderThere, MapsGone } from "./mapsGone";
import { Presence } from "./presence";
import { thisProcess } from "./processIdentity";
import { HEARTBEAT_INTERVAL, type RunRecord, readRun, type UnitEnd } from "./records";
import { clearStopRequest, type StopMoment, stopRequest } from "./stopRequest";
import { WaitEnded, type Waiting } from "./waiting";

export interface RunDescription {
  readonly command: readonly string[];
  readonly gyrusVersion: string;
  /** What computes. */
  readonly engine: string;
}

export interface UnitsOptions extends Waiting {
  /** Others may be at work there. */
  readonly join?: boolean;
  /** Finds out who is. */
  readonly presence?: Presence;
  /** The one unit that this process trains, while others train others of the same MAPS on machines whose clocks may differ. */
  readonly own?: NetworkPlace;
}

/** The units of a MAPS that this process trains. */
export class Units {
  readonly #maps: string;
  readonly #description: RunDescription;
  readonly #join: boolean;
  readonly #presence: Presence;
  readonly #waiting: Waiting;
  readonly #folder: FolderThere;
  readonly #held = new Set<Unit>();
  /** It has held a unit: who came after that came to join. */
  #entered = false;
  /** What was asked of a unit that is let go, and its request with it: it is meant for the trainer, which begins no other. */
  #asked: StopMoment | null = null;
  /** The last unit held, trained to its end. It is let go when the next is taken, so that the MAPS never looks abandoned between. */
  #lingering: { readonly unit: Unit; readonly end: UnitEnd } | null = null;

  private constructor(
    maps: string,
    description: RunDescription,
    { join, presence, waiting }: { join: boolean; presence: Presence; waiting: Waiting },
  ) {
    this.#maps = maps;
    this.#description = description;
    this.#join = join;
    this.#presence = presence;
    this.#waiting = waiting;
    this.#folder = new FolderThere(maps);
  }

  /**
   * Comes into a MAPS. Who finds nobody there removes what a killed one was writing, and an old request to stop.
   * @param options with `join` others may be at work there
   * @throws InputError when others are at work there, and this process did not come to join them
   * @throws WaitEnded when it is asked to stop while it waits to know
   */
  static async open(
    maps: string,
    description: RunDescription,
    { join = false, presence = new Presence(), own, ...waiting }: UnitsOptions = {},
  ): Promise<Units> {
    // Asked for here, where nobody is kept waiting by it.
    await thisProcess();
    if (own !== undefined) {
      // What others have left half-way, and a request to stop, is for who comes into a MAPS where nobody is.
      await presence.watchUnit(own, waiting);
      return new Units(maps, description, { join: true, presence, waiting });
    }
    await presence.watch(maps, { ...waiting, join });
    await alone(
      mapsPlace(maps).guard,
      async () => {
        const [other] = await presence.aliveIn(maps);
        if (other !== undefined && !join) throw inUse(maps, other);
        if (other !== undefined) return;
        await removeLeftovers(maps);
        await clearStopRequest(mapsPlace(maps));
      },
      waiting,
    );
    return new Units(maps, description, { join, presence, waiting });
  }

  /** Takes a unit for this process; null when another one trains it, or a stop was asked for meanwhile. @throws InputError as `open` does */
  async take(place: NetworkPlace): Promise<Unit | null> {
    const enter = async () => {
      if (!this.#entered && !this.#join) {
        const [other] = await this.#presence.aliveIn(this.#maps);
        if (other !== undefined) throw inUse(this.#maps, other);
      }
      if (!(await this.isFree(place))) return null;
      await clearStopRequest(place);
      return await Unit.begin(place, this.#description);
    };
    const taken = await alone(mapsPlace(this.#maps).guard, enter, this.#waiting).catch(noneIfStopped);
    if (taken !== null) {
      this.#entered = true;
      this.#held.add(taken);
      await this.letGo();
    }
    return taken;
  }

  /** Whether nobody trains a unit. */
  async isFree(place: NetworkPlace): Promise<boolean> {
    const records = await Promise.all([mapsPlace(this.#maps), place].map(({ runJson }) => readRun(runJson)));
    const alive = await Promise.all(
      records.map((record) => record !== null && this.#presence.isAlive(record)),
    );
    return !alive.includes(true);
  }

  /** Records how a unit ended, now or when the next is taken. */
  async finish(unit: Unit, end: UnitEnd): Promise<void> {
    if (this.#held.size > 1) await this.#end(unit, end);
    else this.#lingering = { unit, end };
  }

  /** Says how a unit ended whose trainer did all there was to do, and was killed before it could say so. */
  async settle(place: NetworkPlace, end: UnitEnd): Promise<void> {
    const records = await Promise.all([mapsPlace(this.#maps), place].map(({ runJson }) => readRun(runJson)));
    if (records.every((record) => record === null || record.end !== null)) return;
    const unit = await this.take(place);
    if (unit !== null) await this.finish(unit, end);
  }

  /** Throws MapsGone when the MAPS stands no more where it was opened: nothing may be written then. */
  requireMaps(): void {
    this.#folder.require([...this.#held].map(({ place }) => place.logs));
  }

  /**
   * Ends what is held: as it was trained, and what was not trained to its end as `end` says. Of a MAPS that is gone the records went
   * with it: nothing is left to write.
   */
  async close(end: UnitEnd): Promise<void> {
    try {
      this.requireMaps();
    } catch (error) {
      if (!(error instanceof MapsGone)) throw error;
      for (const unit of this.#held) unit.abandon();
      this.#held.clear();
      return;
    }
    await this.letGo();
    for (const unit of this.#held) await unit.end(end);
    this.#held.clear();
    const clear = async () => {
      if ((await this.#presence.aliveIn(this.#maps)).length === 0)
        await clearStopRequest(mapsPlace(this.#maps));
    };
    // Who is asked to stop does not wait for it: who comes next finds an old request and takes it away.
    await alone(mapsPlace(this.#maps).guard, clear, this.#waiting).catch(noneIfStopped);
  }

  /** Asked after each batch of a unit: whether it, or all of the MAPS, is to stop. Throws MapsGone as `requireMaps` does. */
  stopAsked(): StopMoment | null {
    this.requireMaps();
    const asked = [mapsPlace(this.#maps), ...[...this.#held].map(({ place }) => place)].map(stopRequest);
    const requests = [this.#asked, ...asked];
    return requests.includes("batch") ? "batch" : (requests.find((request) => request !== null) ?? null);
  }

  /** Ends the unit that is held on to until another one is taken. */
  async letGo(): Promise<void> {
    if (this.#lingering === null) return;
    const { unit, end } = this.#lingering;
    this.#lingering = null;
    await this.#end(unit, end);
  }

  async #end(unit: Unit, end: UnitEnd): Promise<void> {
    this.requireMaps();
    this.#held.delete(unit);
    this.#asked = stopRequest(unit.place) ?? this.#asked;
    await unit.end(end);
  }
}

/** A unit that this process holds until its end, or until the process dies. */
export class Unit {
  readonly place: NetworkPlace;
  readonly #heart: NodeJS.Timeout;
  /** Writes follow one another, so that an older record never replaces a newer one. */
  #writing: Promise<void> = Promise.resolve();
  #record: RunRecord;

  private constructor(place: NetworkPlace, record: RunRecord) {
    this.place = place;
    this.#record = record;
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_INTERVAL);
    this.#heart.unref();
  }

  /** To be called inside the guard. */
  static async begin(place: NetworkPlace, description: RunDescription): Promise<Unit> {
    const now = Date.now();
    const record = { ...(await thisProcess()), started: now, heartbeat: now, ...description, end: null };
    await writeJson(place.runJson, record);
    return new Unit(place, record);
  }

  /** Lets it go without a word, where there is no place for one. */
  abandon(): void {
    clearInterval(this.#heart);
  }

  /** Records how it ended and lets it go. */
  async end({ reason, problems }: UnitEnd): Promise<void> {
    clearInterval(this.#heart);
    this.#record = { ...this.#record, end: { reason, time: Date.now(), ...keepFailure(problems) } };
    await this.#write();
    await clearStopRequest(this.place);
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
      .then(() => writeJson(this.place.runJson, record, { flush, makeFolder: false }));
    return this.#writing;
  }
}

function noneIfStopped(error: unknown): null {
  if (error instanceof WaitEnded) return null;
  throw error;
}

function inUse(maps: string, { pid, host, started }: RunRecord): InputError {
  const values = { started: new Date(started).toLocaleString(), pid, host };
  return refuse("maps.in-use", { file: maps }, values);
}
