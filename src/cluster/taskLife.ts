/** The life of a job of a submission, as the process in it sees it: its record, and its way back into the queue. */
import { cpus, hostname } from "node:os";
import { refuse } from "../experiment/problems/makeProblem";
import { freeRoom, keepRoom } from "./keptRoom";
import {
  readJobs,
  roomOf,
  type Submission,
  type SubmittedUnit,
  type TaskName,
  type TaskRecord,
  taskKey,
  writeTask,
} from "./records";
import type { RunSlurm } from "./slurm";

type TaskEnd = NonNullable<TaskRecord["end"]>;

/** What the scheduler tells a job of itself. */
export interface JobEnvironment {
  /**
   * This very task, as the scheduler's programs call it: `12`, `13_4`. The number of the last task of an array is that of the array,
   * and would mean all of them.
   */
  readonly own: string;
  /** Of its array, or itself. */
  readonly job: number;
  readonly task: number | null;
  readonly restarts: number;
  readonly cores: number | null;
}

/** Null outside of a job. */
export function jobEnvironment(environment: NodeJS.ProcessEnv): JobEnvironment | null {
  const whole = (name: string) => {
    const value = environment[name];
    return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : null;
  };
  const own = whole("SLURM_JOB_ID");
  if (own === null || own === 0) return null;
  const job = whole("SLURM_ARRAY_JOB_ID") ?? own;
  const task = whole("SLURM_ARRAY_TASK_ID");
  return {
    own: task === null ? String(own) : `${job}_${task}`,
    job,
    task,
    restarts: whole("SLURM_RESTART_COUNT") ?? 0,
    cores: whole("SLURM_CPUS_PER_TASK"),
  };
}

/**
 * The submission that a job belongs to, by the id in its command.
 * @throws InputError where this folder does not hold it: on a node that does not share the disk with the one that submitted
 */
export async function submissionOf(maps: string, id: string): Promise<Submission> {
  const found = (await readJobs(maps))?.submissions.find((one) => one.id === id);
  if (found === undefined) throw refuse("cluster.other-disk", { file: maps }, { node: hostname() });
  return found;
}

/** @throws InputError for a process that is no task of the submission */
export function unitOf({ units }: Submission, maps: string, job: JobEnvironment): SubmittedUnit {
  const unit = units.find(({ task }) => task === job.task);
  if (unit === undefined) throw refuse("cluster.no-task", { file: maps });
  return unit;
}

/** How often a task may be started again without coming further. */
const MOST_IDLE_RESTARTS = 3;
/** How often a task may find the disk full in a row without coming further: for six hours. */
const MOST_FULL_DISKS = 36;
/** So long it waits in the queue for room. Minutes. */
export const WAIT_FOR_ROOM = 10;

/** How far a training has come; null where it has not begun. */
export type Progress = TaskEnd["progress"];

export class TaskLife {
  readonly #maps: string;
  readonly #name: TaskName;
  readonly #record: Omit<TaskRecord, "version">;
  readonly #job: JobEnvironment;
  readonly #run: RunSlurm;
  /** How it was last given back; null where it was not. */
  readonly #former: TaskEnd | null;

  private constructor(
    maps: string,
    name: TaskName,
    record: Omit<TaskRecord, "version">,
    job: JobEnvironment,
    run: RunSlurm,
    former: TaskEnd | null,
  ) {
    this.#maps = maps;
    this.#name = name;
    this.#record = record;
    this.#job = job;
    this.#run = run;
    this.#former = former;
  }

  /** Of a task that the scheduler has started. Writes nothing yet. */
  static async of(
    maps: string,
    name: TaskName,
    { id, threads }: Submission,
    job: JobEnvironment,
    run: RunSlurm,
  ): Promise<TaskLife> {
    const before = (await readJobs(maps))?.tasks.get(taskKey(name));
    const former = before?.id === id ? before.end : null;
    const record = {
      id,
      job: job.job,
      task: job.task,
      node: hostname(),
      processor: cpus()[0]?.model ?? "",
      threads,
      restarts: job.restarts,
      started: Date.now(),
      end: null,
    };
    return new TaskLife(maps, name, record, job, run, former);
  }

  /** Records that it is at work. Rejects where the disk is full. */
  async begin(): Promise<void> {
    await writeTask(this.#maps, this.#name, this.#record);
    await keepRoom(this.#room);
  }

  async end(why: TaskEnd["why"], reason = "", progress: Progress = null, fullDisks = 0): Promise<void> {
    await freeRoom(this.#room);
    const end = { why, time: Date.now(), reason: reason.slice(0, 5_000), progress, fullDisks };
    await writeTask(this.#maps, this.#name, { ...this.#record, end });
  }

  /** Whether it was started again and again and is still where it was. */
  isStuck(progress: Progress): boolean {
    if (this.#job.restarts < MOST_IDLE_RESTARTS || this.#former?.progress == null) return false;
    return isSame(progress, this.#former.progress);
  }

  get restarts(): number {
    return this.#job.restarts;
  }

  /** Whether nobody took the job away: asked after a signal that says only that it is to end. */
  async isWanted(): Promise<boolean> {
    const marks = (await readJobs(this.#maps))?.cancelled.get(this.#record.id);
    const { task } = this.#job;
    if (marks !== undefined && (marks.tasks === null || (task !== null && marks.tasks.includes(task))))
      return false;
    return (await this.#state()) === "RUNNING";
  }

  /** As the scheduler says it; null where it does not answer. */
  async #state(): Promise<string | null> {
    const words = ["--noheader", `--jobs=${this.#job.own}`, "--format=%T"];
    const { code, output } = await this.#run("squeue", words);
    return code === 0 ? output.trim() : null;
  }

  /** Goes back into the queue, from which the same script begins again and finds its checkpoint. The scheduler ends this process. */
  async giveBack(progress: Progress): Promise<boolean> {
    await this.end("requeued", "", progress);
    const refused = await this.#requeue();
    if (refused !== null) await this.end("failed", refused, progress);
    return refused === null;
  }

  /**
   * Goes back into the queue because the disk is full, and waits there for a while.
   * @param reason what is full, in English
   * @returns false where it has waited often enough, or the scheduler does not take it back: then it has failed
   */
  async waitForRoom(reason: string, progress: Progress): Promise<boolean> {
    const idle = this.#former === null || isSame(progress, this.#former.progress);
    const fullDisks = 1 + (idle ? (this.#former?.fullDisks ?? 0) : 0);
    const mayWait = fullDisks <= MOST_FULL_DISKS;
    const told = await this.end(mayWait ? "requeued" : "failed", reason, progress, fullDisks).then(
      () => true,
      () => false,
    );
    // Where not even that is kept, the scheduler counts.
    if (!mayWait || (!told && this.#job.restarts >= MOST_FULL_DISKS)) return false;
    const refused = await this.#requeue();
    if (refused !== null) {
      await this.end("failed", `${reason}\n${refused}`, progress).catch(() => {});
      return false;
    }
    // Without this wait it would begin within two minutes, which does no harm.
    const words = ["update", `JobId=${this.#job.own}`, `StartTime=now+${WAIT_FOR_ROOM}minutes`];
    const { code } = await this.#run("scontrol", words);
    // The signal that ends this job ends what it has started as well: it is sent once.
    if (code === null) await this.#run("scontrol", words);
    return true;
  }

  /** @returns why the scheduler does not take it back; null when it does */
  async #requeue(): Promise<string | null> {
    const { code, errors } = await this.#run("scontrol", ["requeue", this.#job.own]);
    if (code === 0) return null;
    // Taken back, it is ended with what it has started: perhaps before the answer is read.
    const state = code === null ? await this.#state() : null;
    return state === null || state === "RUNNING" ? errors.trim() : null;
  }

  get #room(): string {
    return roomOf(this.#maps, this.#name);
  }
}

const isSame = (one: Progress, other: Progress): boolean =>
  one?.epochs === other?.epochs && one?.batches === other?.batches;
