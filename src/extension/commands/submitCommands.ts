/** Gives the units of a run to a cluster: the script is shown first, and nothing is submitted before the user said so. */
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { commands, l10n, ThemeIcon, Uri } from "vscode";
import { mapsPlace } from "../../maps/folder/place";
import type { CommandReply } from "../../run/commandReply";
import { warningWords } from "../cluster/warningWords";
import { canSubmitAgain } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { counted } from "../language";
import { problemWords } from "../problemWords";
import { notify } from "../report";
import { settings } from "../settings";
import { lastLines } from "../trainer/trainerLog";
import { readScripts, readSubmitted } from "./replies";
import { runWithProgress, showLog } from "./runWithProgress";
import { BACK, choose } from "./steps";
import { freeMapsFolder, oneExperiment, oneMaps } from "./targets";
import { mayChange, refuseBadInput, saveIfDirty } from "./trainingCommands";

/** Submits an experiment file: every split, or network of a split, is a job of its own. */
export async function submit(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const title = l10n.t("Submit to Cluster");
  const experiment = await oneExperiment(gyrus, given, title);
  if (experiment === undefined || !(await hasScheduler(gyrus, title))) return;
  await saveIfDirty(experiment);
  await refuseBadInput(experiment);
  const parent = resolve(dirname(experiment), settings.mapsFolder(Uri.file(experiment)));
  const asked = (path: string) => gyrus.supervisor.find(path) !== undefined;
  const maps = freeMapsFolder(parent, experiment, (path) => existsSync(path) || asked(path));
  await submitWith(gyrus, title, maps, experiment);
}

/** Submits what is missing of a run: what failed, was cancelled or was interrupted. What is finished keeps its results. */
export async function submitAgain(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const title = l10n.t("Submit Again");
  const maps = await oneMaps(gyrus, given, title, canSubmitAgain);
  if (maps === undefined || !(await hasScheduler(gyrus, title))) return;
  // Cancelled before its first job had read the experiment, the MAPS does not hold it yet.
  const { mapsJson } = mapsPlace(maps);
  const experiment = existsSync(mapsJson) ? mapsJson : await oneExperiment(gyrus, [], title);
  if (experiment !== undefined) await submitWith(gyrus, title, maps, experiment);
}

/** Says where none answers, and what to do. */
async function hasScheduler({ queue }: Gyrus, title: string): Promise<boolean> {
  if ((await queue.askNow()) !== null) return true;
  const message = l10n.t(
    "{0}: SLURM does not answer here (`squeue`). Open this folder on the login node of the cluster, by Remote-SSH for example.",
    title,
  );
  notify("warning", message);
  return false;
}

async function submitWith(gyrus: Gyrus, title: string, maps: string, experiment: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "gyrus-profile-"));
  try {
    const profile = join(folder, "gyrus.cluster.json");
    await writeFile(profile, JSON.stringify(settings.cluster()));
    const words = ["submit", experiment, "--output", maps, "--profile", profile, "--json"];
    await showAndSubmit(gyrus, title, maps, words);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function showAndSubmit(
  gyrus: Gyrus,
  title: string,
  maps: string,
  words: readonly string[],
): Promise<void> {
  const name = basename(maps);
  const shown = await answer(gyrus, [...words, "--dry-run"], `${title}: ${name}`, readScripts);
  if (shown === null) return;
  const { check, array, join: joining } = shown.scripts;
  const scripts = [check, array, joining].filter((script) => script !== null);
  await gyrus.report.showText(`${name}.sh`, scripts.join("\n"));
  if (!(await isWanted(title, name, shown.units.length, warningWords(shown.warnings)))) return;
  const done = await answer(gyrus, [...words, "--yes"], `${title}: ${name}`, readSubmitted);
  if (done === null) return;
  await gyrus.experiments.search();
  gyrus.experiments.touch(maps);
  await gyrus.queue.askNow();
  const open = { title: l10n.t("Open Training Panel"), run: () => openPanel(maps) };
  const said = counted("{0}: {1} {1|job was|jobs were} submitted.", name, done.units.length);
  const warned = warningWords(done.warnings);
  const kind = warned === "" ? "information" : "warning";
  notify(kind, `${said} ${warned}`.trimEnd(), settings.openPanelOnTrain() ? [] : [open]);
  if (settings.openPanelOnTrain()) await openPanel(maps);
}

const openPanel = (maps: string) => commands.executeCommand("gyrus.openPanel", maps);

/** What `gyrus submit` answers; null where it refused, which the user was told, or was cancelled. */
async function answer<Result>(
  gyrus: Gyrus,
  words: readonly string[],
  title: string,
  read: (output: string) => CommandReply<Result> | null,
): Promise<Result | null> {
  const ended = await runWithProgress(gyrus, words, title);
  if (ended === null) return null;
  const reply = read(ended.output);
  if (reply?.ok) return reply.result;
  const problems = reply?.problems ?? [];
  const said = problems.length === 0 ? lastLines(ended.messages) : problemWords(problems);
  notify("error", `${title}: ${said}`, [
    { title: l10n.t("Change the Settings"), run: openSettings },
    showLog(gyrus),
  ]);
  return null;
}

const openSettings = () => commands.executeCommand("workbench.action.openSettings", "gyrus.cluster");

/** Asked above the script, which can be read meanwhile. @param warned why the jobs would wait; "" where nothing is known of it */
async function isWanted(title: string, name: string, units: number, warned: string): Promise<boolean> {
  const yes = {
    label: counted("Submit {0} {0|job|jobs}", units),
    description: name,
    detail: warned || l10n.t("Each runs the script that is shown."),
    ...(warned === "" ? {} : { iconPath: new ThemeIcon("warning") }),
    wanted: true,
  };
  const no = { label: l10n.t("Do Not Submit"), wanted: false };
  const place = { title, step: 1, totalSteps: 1 };
  const picked = await choose(place, l10n.t("Submit this script to the cluster?"), [yes, no]);
  return picked !== undefined && picked !== BACK && picked.wanted;
}
