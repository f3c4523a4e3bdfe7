/**
 * The trainings that this window was asked for: a queue, their processes, their end. What a training does meanwhile is read
 * from its MAPS by whoever wants to know, this window or another.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Disposable, EventEmitter } from "vscode";
import { type Launch, type LaunchState, launchesToStart } from "./launch";
import { endOfLog, hasMaps, logSize, removeLogFolder } from "./trainerLog";
import type { TrainerEnd } from "./trainerProcess";
import type { TrainerTask } from "./trainerProgram";

/** What the supervisor needs of the world around it. */
export interface Surroundings {
  /** Runs a trainer to its end, which comes soon once `signal` asks for it. Never rejects. */
  run(task: TrainerTask, signal: AbortSignal): Promise<TrainerEnd>;
  /** How many trainings may go on at a time. */
  limit(): number;
  /** Trainings on this machine that the files tell of, `own` left out. */
  othersRunning(own: ReadonlySet<string>): number;
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
  readonly #watches = new Set<AbortController>();
  /** Ends trainers that start. */
  readonly #stops = new Map<TrainerTask, AbortController>();
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

  /** Starts `task`, or queues it after others. A MAPS that is asked for twice is trained once. */
  submit(task: TrainerTask): void {
    if (this.find(task.maps) === undefined) {
      this.#update([...this.#current, { task, state: { kind: "queued" } }]);
    }
    this.startNext();
  }

  /** Takes a training out of the queue, or ends a trainer that has not begun to train. */
  cancel(maps: string): void {
    const waits = (launch: Launch) => launch.task.maps === maps && launch.state.kind === "queued";
    this.#update(this.#current.filter((launch) => !waits(launch)));
    const launch = this.find(maps);
    if (launch?.state.kind === "starting") this.#stops.get(launch.task)?.abort();
  }

  /** Fills the free places; to be called when a training that is not ours has ended, or the limit has changed. */
  startNext(): void {
    const own = new Set(this.#current.map((launch) => launch.task.maps));
    const next = launchesToStart(
      this.#current,
      this.#surroundings.othersRunning(own),
      this.#surroundings.limit(),
    );
    for (const { task } of next) void this.#start(task);
  }

  async #start(task: TrainerTask): Promise<void> {
    this.#setState(task, { kind: "starting", since: Date.now() });
    const ended = new AbortController();
    this.#watches.add(ended);
    void this.#waitForMaps(task, ended.signal);
    const stop = new AbortController();
    this.#stops.set(task, stop);
    const printed = logSize(task.maps);
    const end = await this.#surroundings.run(task, stop.signal);
    this.#stops.delete(task);
    ended.abort();
    this.#watches.delete(ended);
    const output = await endOfLog(task.maps, printed);
    const madeMaps = hasMaps(task.maps);
    const lostMaps = !madeMaps && this.find(task.maps)?.state.kind === "training";
    if (!madeMaps) await removeLogFolder(task.maps);
    // A training may be over between two looks for its MAPS.
    else if (this.find(task.maps)?.state.kind === "starting") this.#begin(task);
    this.#update(this.#current.filter((launch) => launch.task !== task));
    this.#ended.fire({ task, end, output, madeMaps, lostMaps, cancelled: stop.signal.aborted });
    this.startNext();
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
    this.#surroundings.keep(
      launches.flatMap((launch) => (launch.state.kind === "queued" ? [launch.task] : [])),
    );
    this.#changed.fire();
  }

  /** Trainers go on without their window. */
  dispose(): void {
    for (const watch of this.#watches) watch.abort();
    this.#changed.dispose();
    this.#begun.dispose();
    this.#ended.dispose();
    this.#slow.dispose();
  }
}
