/** The scripts of the jobs of a submission: lines of fixed words, in which paths stand quoted. Pure. */
import type { Profile } from "./profile";

export interface Program {
  /** Of Node, or of an editor that is one with ELECTRON_RUN_AS_NODE. */
  readonly node: string;
  readonly editor: boolean;
  /** The program of Gyrus. */
  readonly cli: string;
}

export interface JobRequest {
  readonly program: Program;
  readonly maps: string;
  /** Of the submission. */
  readonly id: string;
  readonly profile: Profile;
  /** Folder of what the jobs print. */
  readonly logs: string;
}

/** What depends on what: numbers of jobs that the scheduler has given, or their names while it has not. */
export type JobNumber = number | string;

/** Checks the images and makes the MAPS. @param words more of the command: what the user lets pass */
export function checkScript(request: JobRequest, experiment: string, words: readonly string[]): string {
  return script(request, "check", [], ["check", request.maps, request.id, experiment, ...words]);
}

/** Trains one unit a task, when the first job has ended well. */
export function arrayScript(request: JobRequest, units: number, check: JobNumber): string {
  const { at_once: most } = request.profile;
  const array = `0-${units - 1}${most === undefined ? "" : `%${most}`}`;
  const wanted = [`--array=${array}`, `--dependency=afterok:${check}`, "--kill-on-invalid-dep=yes"];
  return script(request, "unit", wanted, ["unit", request.maps, request.id]);
}

/** Joins the results, however the tasks have ended. */
export function joinScript(request: JobRequest, array: JobNumber): string {
  return script(request, "join", [`--dependency=afterany:${array}`], ["join", request.maps, request.id]);
}

/** Predicts one part of a group a task. @param parts the tasks; @param words of its command, after what it does */
export function predictScript(
  request: JobRequest,
  parts: readonly number[],
  words: readonly string[],
): string {
  const { at_once: most } = request.profile;
  const array = `${ranges(parts)}${most === undefined ? "" : `%${most}`}`;
  return script(request, "predict", [`--array=${array}`], ["part", ...words]);
}

/** Writes the tables of a group, however its tasks have ended. */
export function predictJoinScript(
  request: JobRequest,
  array: JobNumber | null,
  words: readonly string[],
): string {
  const after = array === null ? [] : [`--dependency=afterany:${array}`];
  return script(request, "predict-join", after, ["join", ...words]);
}

/** Whole numbers in their order as `sbatch` takes them: `0-2,5`. */
export function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

/** What a job does: its name, its command, whether it is a task of an array, and whether it wants a word before its time is over. */
const KINDS = {
  check: { command: "cluster-task", isTask: false, isWarned: true },
  unit: { command: "cluster-task", isTask: true, isWarned: true },
  join: { command: "cluster-task", isTask: false, isWarned: true },
  // It keeps no checkpoint: what it has not ended begins anew.
  predict: { command: "cluster-predict", isTask: true, isWarned: false },
  "predict-join": { command: "cluster-predict", isTask: false, isWarned: false },
} as const;

function script(
  { program, id, profile, logs }: JobRequest,
  kind: keyof typeof KINDS,
  wanted: readonly string[],
  words: readonly string[],
): string {
  const { command: name, isTask, isWarned } = KINDS[kind];
  const options = [
    `--job-name=gyrus-${kind}`,
    `--comment=${id}`,
    `--chdir=${inDirective(logs)}`,
    `--output=${isTask ? "%A_%a" : "%j"}.log`,
    "--open-mode=append",
    "--requeue",
    "--nodes=1",
    "--ntasks=1",
    ...(isWarned ? [`--signal=B:USR1@${profile.warning_seconds}`] : []),
    ...resources(profile),
    ...wanted,
  ];
  const variables = [
    ...(program.editor ? ["export ELECTRON_RUN_AS_NODE=1"] : []),
    ...Object.entries(profile.environment).map(
      ([variable, value]) => `export ${variable}=${inShell(value ?? "")}`,
    ),
  ];
  const modules = profile.modules.map((module) => `module load ${inShell(module)} || exit 1`);
  const command = [program.node, program.cli, name, ...words].map(inShell).join(" ");
  return `${[
    "#!/bin/bash",
    ...options.map((option) => `#SBATCH ${option}`),
    ...variables,
    ...(modules.length === 0 ? [] : ["type module >/dev/null 2>&1 || . /etc/profile", ...modules]),
    // The program itself gets the signals of the scheduler: no shell stands between.
    `exec ${command}`,
  ].join("\n")}\n`;
}

/** What the scheduler is to give: the same in the script and in a question whether it would. */
export function resources(profile: Profile): string[] {
  const { partition, account, cpus, memory_gb: memory, minutes, gpu, options } = profile;
  return [
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    `--cpus-per-task=${cpus}`,
    ...(memory === undefined ? [] : [`--mem=${Math.ceil(memory * 1024)}M`]),
    ...(minutes === undefined ? [] : [`--time=${minutes}`]),
    ...(gpu === undefined ? [] : [`--gres=${gpu}`]),
    ...Object.entries(options).map(([option, value]) => `--${option}=${value}`),
  ];
}

/** A word of a shell: nothing in single quotes means anything but itself. */
export const inShell = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** A value of a line `#SBATCH`, whose reader knows quotes and backslashes. */
const inDirective = (word: string): string => `"${word.replace(/["\\]/g, "\\$&")}"`;

/** Whether a path can stand in a script: a line of it has no end within. */
export const canStand = (path: string): boolean => !/\p{Cc}/u.test(path);
