/** Gives a training to the scheduler: a first job that checks, an array that trains, a last job that joins. */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { problem, refuse } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
import { isError, type Problem } from "../experiment/problems/problem";
import { mapsPlace } from "../maps/folder/place";
import { phaseOf, rowOf } from "./clusterState";
import { profileProblems } from "./nodes";
import type { Profile } from "./profile";
import { askQueue, type QueueRow } from "./queue";
import { readJobs, type Submission, type SubmittedUnit, writeSubmission } from "./records";
import { arrayScript, canStand, checkScript, type JobRequest, joinScript, type Program } from "./script";
import type { RunSlurm } from "./slurm";

export interface SubmitRequest {
  /** Absolute, as all paths here. */
  readonly experiment: string;
  readonly maps: string;
  readonly profile: Profile;
  /** Where the profile stands. */
  readonly profileFile?: string | undefined;
  readonly program: Program;
  readonly units: readonly SubmittedUnit[];
  readonly engine: Submission["engine"];
  /** More words for the first job. */
  readonly words: readonly string[];
}

export interface Scripts {
  readonly check: string;
  /** Null where every network has ended, and the results alone are to be written. */
  readonly array: string | null;
  readonly join: string;
}

/** Why the scheduler would not take it, or what stands in the way of it; as warnings, why it will wait. */
export async function submitProblems(request: SubmitRequest, run: RunSlurm): Promise<Problem[]> {
  const { experiment, maps, profile, profileFile, program } = request;
  const paths = [experiment, maps, program.node, program.cli].filter((path) => !canStand(path));
  if (paths.length > 0)
    return paths.map((file) => problem("cluster.path", { file }, { reason: phrase("cluster-control") }));
  const found = await profileProblems(profile, run, userInfo().username, profileFile);
  return found.some(isError) ? found : [...found, ...(await queueProblems(maps, run))];
}

/** Two jobs for one unit would wait for each other. */
async function queueProblems(maps: string, run: RunSlurm): Promise<Problem[]> {
  const records = await readJobs(maps);
  if (records === null) return [];
  const queue = (await askQueue(run)) ?? [];
  const live = records.submissions.flatMap((submission) => liveRows(submission, queue));
  const jobs = [...new Set(live.map(({ job }) => job))];
  return jobs.length === 0 ? [] : [problem("cluster.in-queue", { file: maps }, { jobs })];
}

/** Its jobs that wait or are at work. */
export const liveRows = (
  submission: Pick<Submission, "id" | "user"> & { readonly jobs: Readonly<Record<string, number | null>> },
  queue: readonly QueueRow[],
): QueueRow[] =>
  queue.filter(
    (row) =>
      Object.values(submission.jobs).includes(row.job) &&
      rowOf([row], row.job, row.task, submission) !== null &&
      ["waits", "works"].includes(phaseOf(row.state)),
  );

/** The scripts as they would be given: with names for the numbers that the scheduler has yet to give. */
export function scriptsOf(request: SubmitRequest, id = newId()): Scripts {
  const jobs = jobRequest(request, id);
  const { length } = request.units;
  return {
    check: checkScript(jobs, request.experiment, request.words),
    array: length === 0 ? null : arrayScript(jobs, length, "CHECK"),
    join: joinScript(jobs, length === 0 ? "CHECK" : "ARRAY"),
  };
}

/** Gives the jobs. What fails half-way is taken back. @throws InputError when the scheduler refuses one */
export async function submitJobs(request: SubmitRequest, run: RunSlurm): Promise<Submission> {
  const { maps, units, engine, profile } = request;
  const id = newId();
  const jobs = jobRequest(request, id);
  await mkdir(jobs.logs, { recursive: true });
  const submission = {
    version: 1,
    id,
    user: userInfo().username,
    host: hostname(),
    submitted: Date.now(),
    jobs: { check: null, array: null, join: null },
    units,
    engine,
    threads: profile.cpus,
  } as const;
  // Before the jobs, which look for it; the scheduler finds them by its comment should this process die between.
  await writeSubmission(maps, submission);
  const given: number[] = [];
  const give = async (script: string) => {
    const job = await giveJob(script, run);
    given.push(job);
    return job;
  };
  try {
    const check = await give(checkScript(jobs, request.experiment, request.words));
    const array = units.length === 0 ? null : await give(arrayScript(jobs, units.length, check));
    const last = await give(joinScript(jobs, array ?? check));
    const submitted: Submission = { ...submission, jobs: { check, array, join: last } };
    await writeSubmission(maps, submitted);
    return submitted;
  } catch (error) {
    if (given.length > 0) await run("scancel", given.map(String));
    throw error;
  }
}

/** @returns the number that the scheduler gave it. @throws InputError when it refuses */
export async function giveJob(script: string, run: RunSlurm): Promise<number> {
  const { code, output, errors } = await run("sbatch", ["--parsable"], script);
  // On a federation the name of a cluster follows.
  const number = /^(\d+)(?:;.*)?$/.exec(output.trim())?.[1];
  if (code === 0 && number !== undefined) return Number(number);
  const reason = errors.replace(/^sbatch: (?:error: )?/gm, "").trim();
  throw refuse("cluster.refused", {}, { reason: reason || output.trim() });
}

/** Of a submission. */
export const newId = () => `gyrus-${randomUUID().replaceAll("-", "")}`;

const jobRequest = ({ program, maps, profile }: SubmitRequest, id: string): JobRequest => ({
  program,
  maps,
  id,
  profile,
  logs: join(mapsPlace(maps).cluster, "logs"),
});
