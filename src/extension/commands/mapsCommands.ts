/** What is done with whole MAPS: renamed, thrown away, brought back. */
import { basename, dirname } from "node:path";
import { l10n, window, workspace } from "vscode";
import { nameFault } from "../../experiment/names";
import type { DeletedMaps } from "../../maps/folder/moveMaps";
import { isLive } from "../../run/state";
import { errorWords } from "../errorWords";
import { isWithin } from "../experiments/folderExperiments";
import type { Gyrus } from "../gyrus";
import { counted, phraseHere } from "../language";
import { notify } from "../report";
import { ask } from "./steps";
import { givenMaps, oneMaps, severalMaps } from "./targets";
import { mayChange } from "./trainingCommands";

export async function renameMaps(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const maps = await oneMaps(gyrus, given, l10n.t("Rename"), ({ status }) => !isLive(status));
  if (maps === undefined) return;
  refuseQueued(gyrus, maps);
  const name = basename(maps);
  const beside = gyrus.experiments.views
    .filter((view) => dirname(view.maps) === dirname(maps) && view.maps !== maps)
    .map((view) => basename(view.maps));
  const place = { title: l10n.t("Rename"), step: 1, totalSteps: 1 };
  const check = (text: string) => {
    if (beside.includes(text)) return l10n.t("There is a MAPS of this name.");
    const fault = nameFault(text, beside);
    return fault === null ? undefined : l10n.t("This name cannot be taken: {0}.", phraseHere(fault));
  };
  const asked = await ask(place, l10n.t("New name of {0}: that of its folder", name), name, check);
  if (typeof asked !== "string" || asked === name) return;
  const folders = await import("../../maps/folder/moveMaps");
  await folders.renameMaps(maps, asked);
  await lookAgain(gyrus, [maps]);
}

/** Into the trash of the workspace, from which they can be brought back. */
export async function deleteMaps(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const chosen = givenMaps(given);
  const asked = chosen.length > 0 ? chosen : await severalMaps(gyrus, given, l10n.t("Delete"));
  const { throwAway } = await import("../../maps/folder/moveMaps");
  const deleted: DeletedMaps[] = [];
  const failed: string[] = [];
  for (const maps of asked) {
    try {
      refuseQueued(gyrus, maps);
      const folder = folderOf(maps);
      deleted.push(await throwAway(maps, folder));
    } catch (error) {
      failed.push(await errorWords(error));
    }
  }
  await lookAgain(gyrus, asked);
  if (failed.length > 0) notify("error", failed.join(" "));
  if (deleted.length === 0) return;
  const message =
    deleted.length === 1
      ? l10n.t("{0} is in the trash of the workspace (.gyrus-trash).", basename(deleted[0]?.from ?? ""))
      : counted("{0} {0|run is|runs are} in the trash of the workspace (.gyrus-trash).", deleted.length);
  notify("information", message, [{ title: l10n.t("Undo"), run: () => bringAllBack(gyrus, deleted) }]);
}

/** Brings back what was thrown away. */
export async function restoreMaps(gyrus: Gyrus): Promise<void> {
  if (!mayChange()) return;
  const { deletedMaps } = await import("../../maps/folder/moveMaps");
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const found = (await Promise.all(folders.map(({ uri }) => deletedMaps(uri.fsPath)))).flat();
  if (found.length === 0) {
    notify("information", l10n.t("The trash of this workspace is empty."));
    return;
  }
  const items = found.map(({ entry, from, deleted }) => ({
    label: basename(from),
    description: workspace.asRelativePath(dirname(from)),
    detail: l10n.t("Deleted {0}", new Date(deleted).toLocaleString()),
    entry,
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Restore Deleted Runs"),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (picked !== undefined) await bringAllBack(gyrus, picked);
}

async function bringAllBack(gyrus: Gyrus, deleted: readonly Pick<DeletedMaps, "entry">[]): Promise<void> {
  const { bringBack } = await import("../../maps/folder/moveMaps");
  const failed: string[] = [];
  for (const one of deleted) {
    await bringBack(one).catch(async (error: unknown) => {
      failed.push(await errorWords(error));
    });
  }
  await lookAgain(gyrus, []);
  if (failed.length > 0) notify("error", failed.join(" "));
}
const lookAgain = async (gyrus: Gyrus, changed: readonly string[]) => {
  for (const maps of changed) gyrus.experiments.touch(maps);
  await gyrus.experiments.search();
};

/** A training that waits for its turn would go on in a folder that is no longer there. */
function refuseQueued({ supervisor }: Gyrus, maps: string): void {
  if (supervisor.find(maps) === undefined) return;
  throw new Error(l10n.t("A training of {0} is queued. Cancel that first.", basename(maps)));
}

/** The folder of the window that holds a MAPS: where its trash is. Of one outside, the folder that holds it. */
const folderOf = (maps: string) =>
  (workspace.workspaceFolders ?? [])
    .map(({ uri }) => uri.fsPath)
    .filter((folder) => isWithin(maps, folder))
    .sort((a, b) => b.length - a.length)[0] ?? dirname(maps);

export async function openRuns(gyrus: Gyrus): Promise<void> {
  await gyrus.panels.openRuns("window");
}
