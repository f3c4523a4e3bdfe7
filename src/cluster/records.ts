/**
 * What a MAPS knows of the cluster that trains it, in its folder `cluster`. Each file has one writer, so that nobody waits for another:
 *
 * - `submission-<id>.json`: `gyrus submit`, before and after it gives its jobs to the scheduler;
 * - `task-<unit>.json`: the task of a unit, when it begins and when it ends;
 * - `ends-<id>.json`: the last job, which asks the scheduler how the tasks ended while it still knows;
 * - `cancelled-<id>.json`: `gyrus cancel`.
 *
 * They are data of others as all files are: what they name is looked up and compared, and never run, and a job is cancelled only when the
 * scheduler says the same of it (cancelJobs.ts).
 */
import { join } from "node:path";
import { z } from "zod";
import { problem } from "../experiment/problems/makeProblem";
import type { Problem } from "../experiment/problems/problem";
import { ENGINES } from "../experiment/schema/schema";
import { entriesOf, readUtf8 } from "../files/reader";
import { writeJson } from "../maps/folder/json";
import { mapsPlace } from "../maps/folder/place";

const VERSION = 1;

/** The comment of all jobs of a submission: it says for the scheduler which record a job belongs to. */
export const SUBMISSION_ID = /^gyrus-[0-9a-f]{32}$/;

const id = z.string().regex(SUBMISSION_ID);
const jobNumber = z.int().positive();
const text = z.string().max(10_000);

/** What one task of the array does: a split, or one network of a split. */
const unitSchema = z.object({
  task: z.int().nonnegative(),
  split: z.int().nonnegative(),
  network: z.int().nonnegative().nullable(),
});
export type SubmittedUnit = Readonly<z.infer<typeof unitSchema>>;

const submissionSchema = z.object({
  version: z.literal(VERSION),
  id,
  /** By whom, and from which machine. */
  user: text,
  host: text,
  /** Milliseconds since 1970, as all times here. */
  submitted: z.number(),
  /** Null until the scheduler has given its number. */
  jobs: z.object({
    check: jobNumber.nullable(),
    array: jobNumber.nullable(),
    join: jobNumber.nullable(),
  }),
  units: z.array(unitSchema).max(100_000).readonly(),
  /** The same for all tasks. */
  engine: z.enum(ENGINES),
  threads: z.int().positive(),
});
export type Submission = Readonly<z.infer<typeof submissionSchema>>;

const taskSchema = z.object({
  version: z.literal(VERSION),
  id,
  job: jobNumber,
  /** Null for the first and the last job. */
  task: z.int().nonnegative().nullable(),
  node: text,
  /** Name of the processor. */
  processor: text,
  threads: z.int().positive(),
  /** How often the scheduler started it again. */
  restarts: z.int().nonnegative(),
  started: z.number(),
  /** Null while it is at work, and for ever after a kill. */
  end: z
    .object({
      why: z.enum(["done", "failed", "requeued", "stopped"]),
      time: z.number(),
      /** What failed, in English; "" for nothing. */
      reason: text,
      /** How far its training has come; null where it has not begun. */
      progress: z.object({ epochs: z.number(), batches: z.number() }).nullable(),
      /** How often in a row it found the disk full and came no further. */
      fullDisks: z.int().nonnegative().optional(),
    })
    .nullable(),
});
export type TaskRecord = Readonly<z.infer<typeof taskSchema>>;

const endsSchema = z.object({
  version: z.literal(VERSION),
  id,
  tasks: z
    .array(
      z.object({
        task: z.int().nonnegative(),
        /** As the scheduler calls it: `TIMEOUT`. */
        state: text,
        reason: text,
        node: text,
      }),
    )
    .max(100_000)
    .readonly(),
});
export type SchedulerEnds = Readonly<z.infer<typeof endsSchema>>;

const cancelledSchema = z.object({
  version: z.literal(VERSION),
  id,
  /** Null for all. */
  tasks: z.array(z.int().nonnegative()).max(100_000).readonly().nullable(),
  time: z.number(),
});
export type CancelMark = Readonly<z.infer<typeof cancelledSchema>>;

/** Which unit a task record is of; the first and the last job of a submission have one each. */
export type TaskName =
  | { readonly kind: "check" | "join" }
  | { readonly kind: "unit"; readonly split: number; readonly network: number | null };

/** All that a MAPS knows of its clusters. */
export interface ClusterRecords {
  readonly maps: string;
  /** The last first. */
  readonly submissions: readonly Submission[];
  /** By the name of their file without `task-` and `.json`: `split-0`, `split-0_network-2`, `check`, `join`. */
  readonly tasks: ReadonlyMap<string, TaskRecord>;
  readonly ends: ReadonlyMap<string, SchedulerEnds>;
  readonly cancelled: ReadonlyMap<string, CancelMark>;
  /** Names of the files of what jobs have printed: the scheduler makes one when it starts a job. */
  readonly logs: ReadonlySet<string>;
  /** Files that are damaged, or of another version. */
  readonly problems: readonly Problem[];
}

export function taskKey(name: TaskName): string {
  if (name.kind !== "unit") return name.kind;
  return name.network === null ? `split-${name.split}` : `split-${name.split}_network-${name.network}`;
}

/** Null where nothing was ever given to a cluster. Never throws: what is damaged is among the problems. */
export async function readJobs(maps: string): Promise<ClusterRecords | null> {
  const folder = mapsPlace(maps).cluster;
  const names = (await entriesOf(folder)).filter((entry) => entry.isFile()).map(({ name }) => name);
  const problems: Problem[] = [];
  const readAll = async <Read>(schema: z.ZodType<Read>, file: RegExp) => {
    const found = names.flatMap((name) => {
      const key = file.exec(name)?.[1];
      return key === undefined ? [] : [{ key, path: join(folder, name) }];
    });
    const read = await Promise.all(
      found.map(async ({ key, path }): Promise<readonly [string, Read][]> => {
        try {
          return [[key, schema.parse(JSON.parse(await readUtf8(path, "json")))]];
        } catch {
          problems.push(problem("cluster.damaged-record", { file: path }));
          return [];
        }
      }),
    );
    return new Map(read.flat());
  };
  const submissions = await readAll(submissionSchema, /^submission-(gyrus-[0-9a-f]{32})\.json$/);
  const tasks = await readAll(taskSchema, /^task-([a-z0-9_-]{1,60})\.json$/);
  const ends = await readAll(endsSchema, /^ends-(gyrus-[0-9a-f]{32})\.json$/);
  const cancelled = await readAll(cancelledSchema, /^cancelled-(gyrus-[0-9a-f]{32})\.json$/);
  if (submissions.size === 0 && problems.length === 0) return null;
  const logs = new Set((await entriesOf(join(folder, "logs"))).map(({ name }) => name));
  return {
    maps,
    submissions: [...submissions.values()].sort((a, b) => b.submitted - a.submitted),
    tasks,
    ends,
    cancelled,
    logs,
    problems,
  };
}

const fileIn = (maps: string, name: string) => join(mapsPlace(maps).cluster, `${name}.json`);

/** A record before its version. */
type Unversioned<Kept> = Omit<Kept, "version">;

export const writeSubmission = (maps: string, submission: Unversioned<Submission>): Promise<void> =>
  writeJson(fileIn(maps, `submission-${submission.id}`), { version: VERSION, ...submission });

export const writeTask = (maps: string, name: TaskName, task: Unversioned<TaskRecord>): Promise<void> =>
  writeJson(fileIn(maps, `task-${taskKey(name)}`), { version: VERSION, ...task });

export const writeEnds = (maps: string, ends: Unversioned<SchedulerEnds>): Promise<void> =>
  writeJson(fileIn(maps, `ends-${ends.id}`), { version: VERSION, ...ends });

export const writeCancelled = (maps: string, mark: Unversioned<CancelMark>): Promise<void> =>
  writeJson(fileIn(maps, `cancelled-${mark.id}`), { version: VERSION, ...mark });

/** What a task keeps to be given free when the disk is full. */
export const roomOf = (maps: string, name: TaskName): string =>
  join(mapsPlace(maps).cluster, `task-${taskKey(name)}.room`);

/** Where what a task printed stands: `%A`, `%a` and `%j` as in the script of the job. */
export const logOf = (maps: string, job: number, task: number | null): string =>
  join(mapsPlace(maps).cluster, "logs", logName(job, task));

const logName = (job: number, task: number | null): string =>
  task === null ? `${job}.log` : `${job}_${task}.log`;

/** `logOf` where there is one: a job that has not begun has none. */
export const printedLog = (
  { maps, logs }: Pick<ClusterRecords, "maps" | "logs">,
  job: number | null,
  task: number | null,
): string | null => (job !== null && logs.has(logName(job, task)) ? logOf(maps, job, task) : null);
