/** The scripts of the three jobs of a submission: lines of fixed words, in which paths stand quoted. Pure. */
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

function script(
  { program, id, profile, logs }: JobRequest,
  kind: "check" | "unit" | "join",
  wanted: readonly string[],
  words: readonly string[],
): string {
  const options = [
    `--job-name=gyrus-${kind}`,
    `--comment=${id}`,
    `--chdir=${inDirective(logs)}`,
    `--output=${kind === "unit" ? "%A_%a" : "%j"}.log`,
    "--open-mode=append",
    "--requeue",
    "--nodes=1",
    "--ntasks=1",
    `--signal=B:USR1@${profile.warning_seconds}`,
    ...resources(profile),
    ...Object.entries(profile.options).map(([name, value]) => `--${name}=${value}`),
    ...wanted,
  ];
  const variables = [
    ...(program.editor ? ["export ELECTRON_RUN_AS_NODE=1"] : []),
    ...Object.entries(profile.environment).map(([name, value]) => `export ${name}=${inShell(value ?? "")}`),
  ];
  const modules = profile.modules.map((name) => `module load ${inShell(name)} || exit 1`);
  const command = [program.node, program.cli, "cluster-task", ...words].map(inShell).join(" ");
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
export function resources({ partition, account, cpus, memory_gb: memory, minutes, gpu }: Profile): string[] {
  return [
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    `--cpus-per-task=${cpus}`,
    ...(memory === undefined ? [] : [`--mem=${Math.ceil(memory * 1024)}M`]),
    ...(minutes === undefined ? [] : [`--time=${minutes}`]),
    ...(gpu === undefined ? [] : [`--gres=${gpu}`]),
  ];
}

/** A word of a shell: nothing in single quotes means anything but itself. */
export const inShell = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** A value of a line `#SBATCH`, whose reader knows quotes and backslashes. */
const inDirective = (word: string): string => `"${word.replace(/["\\]/g, "\\$&")}"`;

/** Whether a path can stand in a script: a line of it has no end within. */
export const canStand = (path: string): boolean => !/\p{Cc}/u.test(path);
