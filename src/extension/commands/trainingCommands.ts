/** Train, stop, resume: what happens between a button and the trainer. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { commands, l10n, Uri, window, workspace } from "vscode";
import type { Experiment } from "../../experiment/experiment";
import { InputError } from "../../experiment/problems/problem";
import { mapsPlace } from "../../maps/folder/place";
import type { Stoppable } from "../../maps/units/stopRequest";
import { reasonOf } from "../../messages/reasonOf";
import { isLive } from "../../run/state";
import { type Need, needOf } from "../../run/trainingQueue";
import { canResume, type MapsView } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { confirm, notify } from "../report";
import { settings } from "../settings";
import type { SparedTrainer } from "../trainer/killTrainers";
import { isQueued, type Launch } from "../trainer/launch";
import { freeMapsFolder, givenMaps, givenUnits, oneExperiment, oneMaps } from "./targets";
import { tellUnusedCard } from "./unusedCard";

/** Trains an experiment file, or the experiment of a MAPS once more, in a new MAPS. */
export async function train(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const [again] = givenMaps(given);
  const experiment =
    again === undefined ? await oneExperiment(gyrus, given, l10n.t("Train")) : mapsPlace(again).mapsJson;
  if (experiment === undefined) return;
  await saveIfDirty(experiment);
  const asks = await refuseBadInput(experiment);
  const parent = resolve(
    dirname(again ?? experiment),
    again === undefined ? settings.mapsFolder(Uri.file(experiment)) : "",
  );
  const name =
    again === undefined
      ? experiment
      : `${basename(again)
          .replace(/^maps_/, "")
          .replace(/_\d+$/, "")}.json`;
  const asked = (path: string) => gyrus.supervisor.find(path) !== undefined;
  const maps = freeMapsFolder(parent, name, (path) => existsSync(path) || asked(path));
  gyrus.supervisor.submit({ kind: "train", experiment, maps, ...(asks && { need: needOfExperiment(asks) }) });
  tellOfIdleCard(gyrus);
}

/** Goes on with a training that was stopped, interrupted or failed. */
export async function resume(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const title = l10n.t("Resume");
  const maps = await oneMaps(gyrus, given, title, canResume);
  if (maps === undefined) return;
  const view = gyrus.experiments.view(maps);
  if (view !== undefined && !canResume(view)) {
    notify("information", l10n.t("{0} has nothing left to resume.", basename(maps)));
    return;
  }
  const { readExperiment } = await import("../../experiment/file/resolve");
  const asks = await readExperiment(mapsPlace(maps).mapsJson).catch(() => null);
  const need = asks?.experiment ? { need: needOfExperiment(asks.experiment) } : {};
  gyrus.supervisor.submit({ kind: "resume", maps, ...need });
  tellOfIdleCard(gyrus);
}

export async function stop(gyrus: Gyrus, given: readonly unknown[], after: "batch" | "epoch"): Promise<void> {
  const title = after === "batch" ? l10n.t("Stop") : l10n.t("Stop after this epoch");
  const maps = await oneMaps(gyrus, given, title, (view) => isLive(view.status));
  if (maps === undefined) return;
  const view = gyrus.experiments.view(maps);
  const units = givenUnits(given);
  if ((view !== undefined && !isLive(view.status)) || units?.length === 0) {
    notify("information", l10n.t("{0} is not training.", basename(maps)));
    return;
  }
  await askToStop(gyrus, maps, after, units);
}

/** @param units those that are to stop; all of the MAPS unless given */
async function askToStop(
  gyrus: Gyrus,
  maps: string,
  after: "batch" | "epoch",
  units: readonly Stoppable[] = [mapsPlace(maps)],
): Promise<void> {
  const { requestStop } = await import("../../maps/units/stopRequest");
  for (const unit of units) await requestStop(unit, after);
  gyrus.experiments.touch(maps);
}

/** For a trainer that no longer answers. What is complete in the MAPS stays, and can be resumed. */
export async function kill(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const maps = await oneMaps(gyrus, given, l10n.t("Kill"), (view) => isLive(view.status));
  if (maps === undefined) return;
  const view = gyrus.experiments.view(maps);
  if (view === undefined || !isLive(view.status)) {
    notify("information", l10n.t("{0} is not training.", basename(maps)));
    return;
  }
  if (!workspace.isTrusted) return refuseToKill(maps, view);
  const here = view.trainers.filter(({ host }) => host === hostname());
  const [elsewhere] = view.trainers;
  if (here.length === 0 && elsewhere !== undefined) {
    const message = l10n.t(
      "{0} trains on another machine, {1}. Stop it from here, or kill it there (process {2}).",
      basename(maps),
      elsewhere.host,
      elsewhere.pid,
    );
    notify("warning", message, [{ title: l10n.t("Stop"), run: () => askToStop(gyrus, maps, "batch") }]);
    return;
  }
  const question = l10n.t("Kill the trainer of {0}?", basename(maps));
  const detail = l10n.t("Everything since the last checkpoint is lost. Resume goes on from there.");
  const killIt = l10n.t("Kill");
  if (!(await confirm("warning", question, { detail, yes: killIt }))) return;
  const { killTrainers } = await import("../trainer/killTrainers");
  const { spared } = await killTrainers(maps, workspace.isTrusted);
  const stopIt = { title: l10n.t("Stop"), run: () => askToStop(gyrus, maps, "batch") };
  for (const one of spared.filter(({ doubt }) => doubt !== "gone")) {
    const message = l10n.t("Process {0} on {1} was not killed: {2}", one.pid, one.host, doubtWords(one));
    notify("warning", message, [stopIt]);
  }
  gyrus.experiments.touch(maps);
}

/** In a folder that is not trusted a record may name any process. */
function refuseToKill(maps: string, { trainers: [trainer] }: MapsView): void {
  const message = l10n.t(
    "This workspace is not trusted: which process trains {0} is told by its files alone, so none is killed. Trust it first, or end process {1} on {2} yourself.",
    basename(maps),
    trainer?.pid ?? "?",
    trainer?.host ?? "?",
  );
  notify("warning", message, [{ title: l10n.t("Manage Workspace Trust"), run: manageTrust }]);
}

function doubtWords({ doubt }: SparedTrainer): string {
  switch (doubt) {
    case "elsewhere":
      return l10n.t("it runs on another machine. Stop the training, or kill it there.");
    case "record":
      return l10n.t(
        "its record does not tell when it started. Stop the training, or end it where it was started.",
      );
    case "gone":
      return l10n.t("it runs no longer.");
    case "other":
      return l10n.t("that is not a trainer of this MAPS. Its record is old, or was written by someone else.");
    case "unknown":
      return l10n.t(
        "this system does not tell whether it is the trainer of this MAPS. Stop the training, or end it where it was started.",
      );
  }
}

const manageTrust = () => commands.executeCommand("workbench.trust.manage");

export async function cancel(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const pending = gyrus.supervisor.launches.filter((launch) => launch.state.kind !== "training");
  const maps = await oneLaunch(
    pending,
    given,
    l10n.t("Cancel Training"),
    l10n.t("No training waits or starts."),
  );
  if (maps !== undefined) gyrus.supervisor.cancel(maps);
}

/** Whatever else goes on. */
export async function startNow(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const queued = gyrus.supervisor.launches.filter(isQueued);
  const maps = await oneLaunch(
    queued,
    given,
    l10n.t("Start at Once"),
    l10n.t("No training waits in the queue."),
  );
  if (maps !== undefined) gyrus.supervisor.startNow(maps);
}

export async function moveUp(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const queued = gyrus.supervisor.launches.filter(isQueued);
  const none = l10n.t("No training waits in the queue.");
  const maps = await oneLaunch(queued, given, l10n.t("Move Up in the Queue"), none);
  if (maps !== undefined) gyrus.supervisor.moveUp(maps);
}

/** The MAPS of the training that is meant. */
async function oneLaunch(
  launches: readonly Launch[],
  given: readonly unknown[],
  title: string,
  none: string,
): Promise<string | undefined> {
  const [first] = givenMaps(given);
  if (first !== undefined) return first;
  if (launches.length === 0) {
    notify("information", none);
    return undefined;
  }
  const items = launches.map(({ task }) => ({ label: basename(task.maps), maps: task.maps }));
  return (await window.showQuickPick(items, { title }))?.maps;
}

/** Whether trainers may be started here, and MAPS moved: only where the user trusts the workspace. Says why not. */
export function mayChange(): boolean {
  if (!workspace.isTrusted) {
    const message = l10n.t(
      "This workspace is not trusted. Gyrus shows what is in it; to train or to move anything, trust it first.",
    );
    notify("warning", message, [{ title: l10n.t("Manage Workspace Trust"), run: manageTrust }]);
    return false;
  }
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 0 && folders.every((folder) => folder.uri.scheme !== "file")) {
    notify(
      "warning",
      l10n.t("This workspace is virtual: there are no files here that a training could read."),
    );
    return false;
  }
  return true;
}

export async function saveIfDirty(path: string): Promise<void> {
  const document = workspace.textDocuments.find((open) => open.uri.fsPath === path);
  if (document?.isDirty && !(await document.save())) {
    throw new Error(l10n.t("{0} could not be saved.", basename(path)));
  }
}

/** Said at once instead of by a trainer that has to start first. */
export async function refuseBadInput(file: string): Promise<Experiment | null> {
  const { readExperiment } = await import("../../experiment/file/resolve");
  const { experiment, problems } = await readExperiment(file);
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length > 0) throw new InputError(errors);
  return experiment;
}

/** What a training takes of the machine, by its file and the settings. */
function needOfExperiment({ engine, device, threads }: Experiment): Need {
  const [wantedEngine, wantedDevice] = [settings.engine(), settings.device()];
  const chosen = wantedEngine === "experiment" ? engine : wantedEngine;
  return needOf({
    engine: chosen,
    device: wantedDevice === "" ? device : wantedDevice,
    threads: settings.threads() || threads,
  });
}

/** Beside the training, which does not wait for it. */
function tellOfIdleCard({ context, log }: Gyrus): void {
  tellUnusedCard(context).catch((error: unknown) => log.warn(`unused card: ${reasonOf(error)}`));
}
