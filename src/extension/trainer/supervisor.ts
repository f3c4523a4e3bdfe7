/**
 * The trainings that this window was asked for: a queue, their processes, their end. What a training does meanwhile is read
 * from its MAPS by whoever wants to know, this window or another.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type Disposable, EventEmitter } from "vscode";
import { type Limits, type Need, type Shortage, shortages } from "../../run/trainingQueue";
import { isQueued, type Launch, type LaunchState, movedUp, needOf } from "./launch";
import { endOfLog, hasMaps, logSize, removeLogFolder } from "./trainerLog";
import type { TrainerEnd } from "./trainerProcess";
import type { TrainerTask } from "./trainerProgram";

/** What the supervisor needs of the world around it. */
export interface Surroundings {
  /** Runs a trainer to its end, which comes soon once `signal` asks for it. Never rejects. */
  run(task: TrainerTask, signal: AbortSignal): Promise<TrainerEnd>;
  /** What the machine gives to trainings. */
  limits(): Limits;
  /** Bytes of memory that are free now. */
  freeMemory(): number;
  /** What other trainings on this machine take of it; of `own` one trainer each is left out. */
  othersWorking(own: ReadonlySet<string>): readonly Need[];
  /** Looks alone at what the machine gives, and ends the look by what it returns; null while another window or terminal looks. */
  lookAlone(): (() => void) | null;
  /** Says to other windows that this task begins, until its trainer says so itself, or has ended. */
  claim(task: TrainerTask): void;
  unclaim(task: TrainerTask): void;
  /** Keeps the queue over a reload of the window. */
  keep(queued: readonly TrainerTask[]): void;
}

export interface EndedLaunch {
  readonly task: TrainerTask;
  readonly end: TrainerEnd;
  /** The last lines that the trainer printed. */
  readonly output: string;
  /** False when the trainer refused to begin: there is nothing in the tree to look at. */
  readonly madeMaps: boolean;
  /** It had begun to train, and its MAPS is there no more: moved, renamed or deleted. */
  readonly lostMaps: boolean;
  /** The user did not want it after all. */
  readonly cancelled: boolean;
}

/** A trainer that has not made its MAPS after this long is worth a word: large tables take a while to check. */
const slowStart = 60_000;
const startPoll = 300;

export class TrainerSupervisor implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #begun = new EventEmitter<TrainerTask>();
  readonly #ended = new EventEmitter<EndedLaunch>();
  readonly #slow = new EventEmitter<TrainerTask>();
  readonly onDidChange = this.#changed.event;
  /** A training that was asked for here has its MAPS, and can be watched. */
  readonly onDidBegin = this.#begun.event;
  readonly onDidEnd = this.#ended.event;
  /** Once for a trainer that takes unusually long to begin. */
  readonly onDidStartSlowly = this.#slow.event;

  #current: readonly Launch[] = [];
  /** Resumptions, by their MAPS, of trainings that were stopped and whose processes have not ended yet. */
  readonly #next = new Map<string, TrainerTask>();
  readonly #watches = new Set<AbortController>();
  /** Ends trainers that start. */
  readonly #stops = new Map<TrainerTask, AbortController>();
  /** Why those wait that waited at the last look. */
  #shortages: ReadonlyMap<TrainerTask, Shortage | null> = new Map();
  #again: ReturnType<typeof setTimeout> | undefined;
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get launches(): readonly Launch[] {
    return this.#current;
  }

  find(maps: string): Launch | undefined {
    return this.#current.find((launch) => launch.task.maps === maps);
  }

  /**
   * Starts `task`, or queues it after others. A MAPS that is asked for twice is trained once; who resumes one whose trainer is about to
   * end gets that when it has ended.
   */
  submit(task: TrainerTask): void {
    const known = this.find(task.maps);
    if (known !== undefined && !isQueued(known) && task.kind === "resume") {
      this.#next.set(task.maps, task);
      this.#update(this.#current);
    }
    if (known === undefined) {
      this.#update([...this.#current, { task, state: { kind: "queued", place: 1, shortage: null } }]);
    }
    this.startNext();
  }

  /** Takes a training out of the queue, or ends a trainer that has not begun to train. */
  cancel(maps: string): void {
    this.#next.delete(maps);
    const waits = (launch: Launch) => launch.task.maps === maps && isQueued(launch);
    this.#update(this.#current.filter((launch) => !waits(launch)));
    this.startNext();
    const launch = this.find(maps);
    if (launch?.state.kind === "starting") this.#stops.get(launch.task)?.abort();
  }

  /** Lets a training that waits begin before the one in front of it. */
  moveUp(maps: string): void {
    this.#update(movedUp(this.#current, maps));
    this.startNext();
  }

  /** Begins a training that waits, whatever else goes on. */
  startNow(maps: string): void {
    const launch = this.find(maps);
    if (launch === undefined || !isQueued(launch)) return;
    void this.#start(launch.task);
    this.startNext();
  }

  /** Fills the free places; to be called when a training that is not ours has ended, or the limit has changed. */
  startNext(): void {
    const queued = this.#current.filter(isQueued);
    if (queued.length === 0) return;
    const end = this.#surroundings.lookAlone();
    if (end === null) this.#lookAgain();
    else {
      try {
        this.#fillPlaces(queued.map(({ task }) => task));
      } finally {
        end();
      }
    }
    this.#number();
  }

  /** Soon, and not in step with who looks now. */
  #lookAgain(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.startNext(), 20 + Math.random() * 80);
  }

  #fillPlaces(queued: readonly TrainerTask[]): void {
    const begun = this.#current.filter((launch) => !isQueued(launch)).map(({ task }) => task);
    const own = new Set(begun.map(({ maps }) => maps));
    const short = shortages(
      queued.map(needOf),
      [...begun.map(needOf), ...this.#surroundings.othersWorking(own)],
      this.#surroundings.limits(),
      this.#surroundings.freeMemory(),
    );
    this.#shortages = new Map(queued.map((task, index) => [task, short[index] ?? null]));
    for (const [task, shortage] of this.#shortages) if (shortage === null) void this.#start(task);
  }

  #number(): void {
    let place = 0;
    const numbered = this.#current.map((launch): Launch => {
      if (!isQueued(launch)) return launch;
      place += 1;
      const shortage = this.#shortages.get(launch.task) ?? null;
      return { ...launch, state: { kind: "queued", place, shortage } };
    });
    if (!isDeepStrictEqual(numbered, this.#current)) this.#update(numbered);
  }

  async #start(task: TrainerTask): Promise<void> {
    this.#setState(task, { kind: "starting", since: Date.now() });
    this.#surroundings.claim(task);
    const ended = new AbortController();
    this.#watches.add(ended);
    void this.#waitForMaps(task, ended.signal);
    const stop = new AbortController();
    this.#stops.set(task, stop);
    const printed = logSize(task.maps);
    const end = await this.#surroundings.run(task, stop.signal);
    this.#surroundings.unclaim(task);
    this.#stops.delete(task);
    ended.abort();
    this.#watches.delete(ended);
    const output = await endOfLog(task.maps, printed);
    const madeMaps = hasMaps(task.maps);
    const lostMaps = !madeMaps && this.find(task.maps)?.state.kind === "training";
    if (!madeMaps) await removeLogFolder(task.maps);
    // A training may be over between two looks for its MAPS.
    else if (this.find(task.maps)?.state.kind === "starting") this.#begin(task);
    const next = this.#next.get(task.maps);
    this.#next.delete(task.maps);
    this.#update(this.#current.filter((launch) => launch.task !== task));
    this.#ended.fire({ task, end, output, madeMaps, lostMaps, cancelled: stop.signal.aborted });
    if (next !== undefined && madeMaps) this.submit(next);
    else this.startNext();
  }

  /** Looks for the MAPS of a training that starts, until it is there or the trainer has ended. */
  async #waitForMaps(task: TrainerTask, ended: AbortSignal): Promise<void> {
    const slowAt = Date.now() + slowStart;
    let told = false;
    while (!ended.aborted) {
      if (hasMaps(task.maps)) return this.#begin(task);
      if (!told && Date.now() > slowAt) {
        told = true;
        this.#slow.fire(task);
      }
      await sleep(startPoll, undefined, { signal: ended }).catch(() => {});
    }
  }

  #begin(task: TrainerTask): void {
    this.#setState(task, { kind: "training" });
    this.#begun.fire(task);
  }

  #setState(task: TrainerTask, state: LaunchState): void {
    this.#update(this.#current.map((launch) => (launch.task === task ? { task, state } : launch)));
  }

  #update(launches: readonly Launch[]): void {
    this.#current = launches;
    const queued = launches.filter(isQueued).map(({ task }) => task);
    this.#surroundings.keep([...queued, ...this.#next.values()]);
    this.#changed.fire();
  }

  /** Trainers go on without their window. */
  dispose(): void {
    clearTimeout(this.#again);
    for (const watch of this.#watches) watch.abort();
    this.#changed.dispose();
    this.#begun.dispose();
    this.#ended.dispose();
    this.#slow.dispose();
  }
}
