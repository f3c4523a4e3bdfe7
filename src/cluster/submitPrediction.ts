/** Gives the prediction of a group to the scheduler: an array that answers for its parts, a last job that joins them. */
import { mkdir } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { problem } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
import { isError, type Problem } from "../experiment/problems/problem";
import { profileProblems } from "./nodes";
import { type PredictionSubmission, readPrediction, removeParts, writePrediction } from "./predictions";
import type { Profile } from "./profile";
import { askQueue } from "./queue";
import { canStand, type JobRequest, type Program, predictJoinScript, predictScript } from "./script";
import type { RunSlurm } from "./slurm";
import { giveJob, liveRows, newId } from "./submitJobs";

export interface PredictionJobs {
  /** Where its records stand: `mapsPlace(output).predictionJobs(group)`. */
  readonly folder: string;
  readonly profile: Profile;
  readonly profileFile: string | undefined;
  readonly program: Program;
  /** What the tasks are asked, as words of `cluster-predict` after the id. */
  readonly words: readonly string[];
  /** `predictionKey` of it. */
  readonly key: string;
  readonly parts: number;
  readonly engine: PredictionSubmission["engine"];
}

/** Why the scheduler would not take it, or what stands in the way of it; as warnings, why it will wait. */
export async function predictionProblems(request: PredictionJobs, run: RunSlurm): Promise<Problem[]> {
  const { folder, profile, profileFile, program, words } = request;
  const wrong = [folder, program.node, program.cli, ...words].filter((word) => !canStand(word));
  if (wrong.length > 0)
    return wrong.map((file) => problem("cluster.path", { file }, { reason: phrase("cluster-control") }));
  const found = await profileProblems(profile, run, userInfo().username, profileFile);
  if (found.some(isError)) return found;
  const before = await readPrediction(folder);
  const rows = before === null ? [] : liveRows(before, (await askQueue(run)) ?? []);
  const jobs = [...new Set(rows.map(({ job }) => job))];
  return jobs.length === 0 ? found : [...found, problem("cluster.in-queue", { file: folder }, { jobs })];
}

/** The scripts as they would be given. The array is null where every part was answered before. */
export function predictionScripts(
  request: PredictionJobs,
  left: readonly number[],
  { id = newId(), array = "ARRAY" }: { readonly id?: string; readonly array?: number | string | null } = {},
): { readonly array: string | null; readonly join: string } {
  const { folder, words } = request;
  const jobs: JobRequest = { ...request, maps: folder, id, logs: join(folder, "logs") };
  return {
    array: left.length === 0 ? null : predictScript(jobs, left, [id, ...words]),
    join: predictJoinScript(jobs, left.length === 0 ? null : array, [id, ...words]),
  };
}

/** Gives the jobs. What fails half-way is taken back. @throws InputError when the scheduler refuses one */
export async function submitPrediction(
  request: PredictionJobs,
  left: readonly number[],
  run: RunSlurm,
): Promise<PredictionSubmission> {
  const { folder, key, parts, engine, profile } = request;
  const id = newId();
  await mkdir(join(folder, "logs"), { recursive: true });
  if (left.length === parts) await removeParts(folder);
  const user = userInfo().username;
  const submission: PredictionSubmission = {
    ...{ version: 1, id, user, host: hostname(), submitted: Date.now(), key, parts, engine },
    jobs: { array: null, join: null },
    threads: profile.cpus,
    joined: false,
  };
  // Before the jobs, which look for it.
  await writePrediction(folder, submission);
  const given: number[] = [];
  try {
    const scripts = predictionScripts(request, left, { id });
    const array = scripts.array === null ? null : await giveJob(scripts.array, run);
    if (array !== null) given.push(array);
    const last = await giveJob(predictionScripts(request, left, { id, array }).join, run);
    given.push(last);
    const submitted = { ...submission, jobs: { array, join: last } };
    await writePrediction(folder, submitted);
    return submitted;
  } catch (error) {
    if (given.length > 0) await run("scancel", given.map(String));
    throw error;
  }
}
