/**
 * What a MAPS (or the folder of its results) knows of a group that a cluster predicts, in `cluster/predictions/<group>`. Each file has one
 * writer:
 *
 * - `submission.json`: `gyrus submit-predict`; the last job, when the tables are written;
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

/** All that a MAPS has. */
export async function readAllPredictions(maps: string): Promise<PredictionSubmission[]> {
  const folders = (await entriesOf(mapsPlace(maps).predictions)).filter((entry) => entry.isDirectory());
  const found = await Promise.all(
    folders.map(({ name }) => readPrediction(mapsPlace(maps).predictionJobs(name))),
  );
  return found.filter((submission) => submission !== null);
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
