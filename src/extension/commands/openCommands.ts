/** Commands that show something. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { commands, l10n, Uri, window, workspace } from "vscode";
import { mapsPlace } from "../../maps/folder/place";
import { placeWords, unitWords } from "../cluster/clusterWords";
import { givenJobs, givenPrediction } from "../cluster/givenJobs";
import { jobWords, logsOf, placeInGroup } from "../cluster/predictionWords";
import type { Gyrus } from "../gyrus";
import { notify } from "../report";
import { activeExperiment, givenExperiment, givenMaps, oneExperiment, oneMaps, severalMaps } from "./targets";

export async function openPanel(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const maps = await oneMaps(gyrus, given, l10n.t("Training panel"));
  if (maps !== undefined) await gyrus.panels.openTraining(maps);
}

export async function compare(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const maps = await severalMaps(gyrus, given, l10n.t("Compare experiments"));
  if (maps.length > 0) await gyrus.panels.compare(maps);
}

/** The network of a row, of the active experiment file, or one that is chosen in the view. */
export async function showArchitecture(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  await gyrus.panels.showArchitecture(networkSource(gyrus, given));
}

export async function showTransposition(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  await gyrus.panels.showTransposition(networkSource(gyrus, given));
}

function networkSource(gyrus: Gyrus, given: readonly unknown[]): string | undefined {
  const found = givenMaps(given)[0] ?? givenExperiment(given) ?? activeExperiment();
  const [only, ...others] = gyrus.experiments.files;
  return found ?? (others.length === 0 ? only : undefined);
}

export async function previewInputs(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const experiment = await oneExperiment(gyrus, given, l10n.t("Preview inputs"));
  if (experiment !== undefined) await gyrus.panels.previewInputs(experiment);
}

/** maps.json: what was trained, with every default filled in. */
export async function openExperiment(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const maps = await oneMaps(gyrus, given, l10n.t("Experiment of a MAPS"));
  if (maps !== undefined) await window.showTextDocument(Uri.file(mapsPlace(maps).mapsJson));
}

/** What the trainer of a MAPS printed; without one, Gyrus's own log. */
export async function openLog(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const [maps] = givenMaps(given);
  if (maps === undefined) {
    gyrus.log.show();
    return;
  }
  const file = (await jobLog(gyrus, maps, given)) ?? mapsPlace(maps).trainerLog;
  if (!existsSync(file)) {
    const message = l10n.t(
      "{0} was not started from the editor: its trainer printed elsewhere.",
      basename(maps),
    );
    notify("information", message);
    return;
  }
  await window.showTextDocument(Uri.file(file));
}

/** What the job that is meant printed on a cluster: of a row, of a view, of the only one, or the one that is chosen. */
async function jobLog(gyrus: Gyrus, maps: string, given: readonly unknown[]): Promise<string | undefined> {
  const view = gyrus.experiments.view(maps);
  const prediction = givenPrediction(view, given);
  const items =
    prediction === undefined
      ? (givenJobs(view, given) ?? view?.cluster?.units ?? []).flatMap((unit) =>
          unit.log === null ? [] : [{ label: placeWords(unit), description: unitWords(unit), log: unit.log }],
        )
      : logsOf(prediction).map(({ part, job, log }) => ({
          ...{ label: placeInGroup(prediction.group, part), description: jobWords(job), log },
        }));
  const [only, ...others] = items;
  if (others.length === 0) return only?.log;
  return (await window.showQuickPick(items, { title: l10n.t("Open Log") }))?.log;
}

export async function reveal(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const path = givenExperiment(given) ?? (await oneMaps(gyrus, given, l10n.t("Reveal")));
  if (path === undefined) return;
  const uri = Uri.file(path);
  const inside = workspace.getWorkspaceFolder(uri) !== undefined;
  await commands.executeCommand(inside ? "revealInExplorer" : "revealFileInOS", uri);
}

export async function openWalkthrough(gyrus: Gyrus): Promise<void> {
  const walkthrough = `${gyrus.context.extension.id}#start`;
  await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}
