/** The life of a job of a submission, as the process in it sees it: its record, and its way back into the queue. */
import { cpus, hostname } from "node:os";
import { refuse } from "../experiment/problems/makeProblem";
import {
  readJobs,
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
  /** Of this very task, by which it is given back to the queue. */
  readonly own: number;
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
  return {
    own,
    job: whole("SLURM_ARRAY_JOB_ID") ?? own,
    task: whole("SLURM_ARRAY_TASK_ID"),
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

export class TaskLife {
  readonly #maps: string;
  readonly #name: TaskName;
  readonly #record: Omit<TaskRecord, "version">;
  readonly #job: JobEnvironment;
  readonly #run: RunSlurm;
  /** How far it had come when it was last given back. */
  readonly #former: TaskEnd["progress"];

  private constructor(
    maps: string,
    name: TaskName,
    record: Omit<TaskRecord, "version">,
    job: JobEnvironment,
    run: RunSlurm,
    former: TaskEnd["progress"],
  ) {
    this.#maps = maps;
    this.#name = name;
    this.#record = record;
    this.#job = job;
    this.#run = run;
    this.#former = former;
  }

  static async begin(
    maps: string,
    name: TaskName,
    { id, threads }: Submission,
    job: JobEnvironment,
    run: RunSlurm,
  ): Promise<TaskLife> {
    const before = (await readJobs(maps))?.tasks.get(taskKey(name));
    const former = before?.id === id ? (before.end?.progress ?? null) : null;
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
    await writeTask(maps, name, record);
    return new TaskLife(maps, name, record, job, run, former);
  }

  async end(why: TaskEnd["why"], reason = "", progress: TaskEnd["progress"] = null): Promise<void> {
    const end = { why, time: Date.now(), reason: reason.slice(0, 5_000), progress };
    await writeTask(this.#maps, this.#name, { ...this.#record, end });
  }

  /** Whether it was started again and again and is still where it was. */
  isStuck(progress: TaskEnd["progress"]): boolean {
    const { restarts } = this.#job;
    if (restarts < MOST_IDLE_RESTARTS || this.#former === null) return false;
    return progress?.epochs === this.#former.epochs && progress.batches === this.#former.batches;
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
    const words = ["--noheader", `--jobs=${this.#job.own}`, "--format=%T"];
    const { code, output } = await this.#run("squeue", words);
    return code === 0 && output.trim() === "RUNNING";
  }

  /** Goes back into the queue, from which the same script begins again and finds its checkpoint. The scheduler ends this process. */
  async giveBack(progress: TaskEnd["progress"]): Promise<boolean> {
    await this.end("requeued", "", progress);
    const { code, errors } = await this.#run("scontrol", ["requeue", String(this.#job.own)]);
    if (code === 0) return true;
    await this.end("failed", errors.trim(), progress);
    return false;
  }
}
