/**
 * What a MAPS (or the folder of its results) knows of a group that a cluster predicts, in `cluster/predictions/<group>`. Each file has one
 * writer:
 *
 * - `submission.json`: `gyrus submit-predict`; the last job, when the tables are written or parts are missing; `gyrus cancel`;
 * - `part-<n>.json`: the task of a part, when all its models have answered (src/training/results/partAnswers.ts).
 *
 * What they name is compared, never run or opened.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ENGINES } from "../experiment/schema/schema";
import { entriesOf, readUtf8 } from "../files/reader";
import { writeJson } from "../maps/folder/json";
import { mapsPlace } from "../maps/folder/place";
import { SUBMISSION_ID } from "./records";

const VERSION = 1;
const text = z.string().max(10_000);
const jobNumber = z.int().positive();

const submissionSchema = z.object({
  version: z.literal(VERSION),
  id: z.string().regex(SUBMISSION_ID),
  user: text,
  host: text,
  /** Milliseconds since 1970. */
  submitted: z.number(),
  /** The array is null where every part was answered before. */
  jobs: z.object({ array: jobNumber.nullable(), join: jobNumber.nullable() }),
  /** Of what the parts answer: parts of another key are none of this prediction. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  parts: z.int().positive().max(100_000),
  engine: z.enum(ENGINES),
  threads: z.int().positive(),
  /** Whether the tables are written. */
  joined: z.boolean(),
  /** What the scheduler said of tasks that ended without an answer, asked by the last job before it forgets. */
  ends: z
    .array(z.object({ task: z.int().nonnegative(), state: text, reason: text, node: text }))
    .max(100_000)
    .readonly()
    .optional(),
  /** When its jobs were cancelled by `gyrus cancel`. */
  cancelled: z.number().optional(),
});
export type PredictionSubmission = Readonly<z.infer<typeof submissionSchema>>;

/** Null where the group was not given to a cluster, or its record is damaged: then it is submitted anew. */
export const readPrediction = (folder: string): Promise<PredictionSubmission | null> =>
  readUtf8(join(folder, "submission.json"), "json")
    .then(
      (found) => submissionSchema.parse(JSON.parse(found)),
      () => null,
    )
    .catch(() => null);

export interface SubmittedGroup {
  readonly group: string;
  readonly folder: string;
  readonly submission: PredictionSubmission;
}

/** All that a MAPS has, or a folder of results, by name. */
export async function readAllPredictions(maps: string): Promise<SubmittedGroup[]> {
  const place = mapsPlace(maps);
  const folders = (await entriesOf(place.predictions)).filter((entry) => entry.isDirectory());
  const groups = folders.map(({ name }) => name).sort();
  const found = await Promise.all(
    groups.map(async (group) => {
      const folder = place.predictionJobs(group);
      return { group, folder, submission: await readPrediction(folder) };
    }),
  );
  return found.flatMap(({ submission, ...rest }) => (submission === null ? [] : [{ ...rest, submission }]));
}

/** What stands in the folder of a group. */
export interface PredictionFiles {
  readonly group: string;
  readonly submission: PredictionSubmission;
  /** Parts whose answers are there. */
  readonly answered: ReadonlySet<number>;
  /** What each task has printed, by its part; the scheduler makes the file when it starts a task. */
  readonly logs: ReadonlyMap<number, string>;
  /** What the last job has printed. */
  readonly joinLog: string | null;
}

/** Never rejects. */
export async function readPredictionFiles({
  group,
  folder,
  submission,
}: SubmittedGroup): Promise<PredictionFiles> {
  const { array, join: last } = submission.jobs;
  const names = new Set((await entriesOf(folder)).map(({ name }) => name));
  const printed = new Set((await entriesOf(join(folder, "logs"))).map(({ name }) => name));
  const parts = [...Array(submission.parts).keys()];
  const logged = parts.filter((part) => array !== null && printed.has(`${array}_${part}.log`));
  return {
    ...{ group, submission },
    answered: new Set(parts.filter((part) => names.has(`part-${part}.json`))),
    logs: new Map(logged.map((part) => [part, predictionLog(folder, array ?? 0, part)])),
    joinLog: printed.has(`${last}.log`) ? join(folder, "logs", `${last}.log`) : null,
  };
}

export const writePrediction = (
  folder: string,
  submission: Omit<PredictionSubmission, "version">,
): Promise<void> => writeJson(join(folder, "submission.json"), { version: VERSION, ...submission });

/** When the tables are written, or another prediction of the group begins. */
export async function removeParts(folder: string): Promise<void> {
  const names = (await entriesOf(folder)).map(({ name }) => name);
  await Promise.all(
    names.filter((name) => /^part-\d+\.json$/.test(name)).map((name) => rm(join(folder, name))),
  );
}

/** Where what a task printed stands. */
export const predictionLog = (folder: string, job: number, task: number): string =>
  join(folder, "logs", `${job}_${task}.log`);
