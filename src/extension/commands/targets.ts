/** What a command is about: taken from where it was pressed, else from the selection or the active editor, else asked. */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { l10n, type QuickPickItem, ThemeIcon, Uri, window, workspace } from "vscode";
import { isExperimentFile } from "../../experiment/file/experimentFileName";
import { mapsName } from "../../maps/folder/mapsName";
import { mapsPlace, type NetworkPlace } from "../../maps/folder/place";
import type { MapsView } from "../experiments/mapsView";
import { isNode, mapsOf, unitsOf } from "../experiments/nodes";
import { statusIcon } from "../experiments/treeItems";
import { mapsDescription } from "../experiments/words";
import type { Gyrus } from "../gyrus";
import { notify } from "../report";

/** The MAPS that an argument means: a row, the rows of a selection, a folder or its maps.json, a path. */
export function givenMaps(given: readonly unknown[]): string[] {
  const [first, selected] = given;
  const paths = Array.isArray(selected) && selected.length > 0 ? selected.flatMap(pathOf) : pathOf(first);
  return [...new Set(paths)].filter((path) => !isExperimentFile(path));
}

function pathOf(argument: unknown): string[] {
  if (argument instanceof Uri) return [mapsPath(argument.fsPath)];
  if (typeof argument === "string") return [mapsPath(argument)];
  if (isNode(argument)) return [mapsOf(argument) ?? []].flat();
  return [];
}

const mapsPath = (path: string) => (basename(path) === "maps.json" ? mapsOfJson(path) : path);

/** The MAPS that a maps.json belongs to: its folder, or the one whose data group it describes. */
function mapsOfJson(file: string): string {
  const folder = dirname(file);
  // groups/test/maps.json, groups/train/split-0/maps.json
  for (const groups of [dirname(folder), dirname(dirname(folder))]) {
    const maps = dirname(groups);
    if (basename(groups) === "groups" && existsSync(mapsPlace(maps).mapsJson)) return maps;
  }
  return folder;
}

/** The data group that arguments mean: the row of one, or its name after the MAPS. */
export function givenGroup([first, second]: readonly unknown[]): string | undefined {
  if (typeof first === "string" && typeof second === "string") return second;
  return isNode(first) && first.kind === "group" ? first.group : undefined;
}

/** The units in training of the row of a split or a network; undefined where the argument is no such row. */
export function givenUnits([first]: readonly unknown[]): readonly NetworkPlace[] | undefined {
  if (!isNode(first) || (first.kind !== "split" && first.kind !== "network")) return undefined;
  const { parent, split } = first.kind === "split" ? first : first.parent;
  const place = mapsPlace(parent.view.maps).split(split.split);
  return unitsOf(first).map((network) => place.network(network));
}

/** The experiment file that an argument means. */
export function givenExperiment(given: readonly unknown[]): string | undefined {
  const [first] = given;
  const path = first instanceof Uri ? first.fsPath : typeof first === "string" ? first : undefined;
  return path !== undefined && isExperimentFile(path) ? path : undefined;
}

/** The experiment file of the active editor. */
export function activeExperiment(): string | undefined {
  const path = window.activeTextEditor?.document.uri.fsPath;
  return path !== undefined && isExperimentFile(path) ? path : undefined;
}

/** The MAPS whose maps.json is in the active editor. */
function activeMaps(): string | undefined {
  const path = window.activeTextEditor?.document.uri.fsPath;
  return path !== undefined && basename(path) === "maps.json" ? mapsOfJson(path) : undefined;
}

interface PathItem extends QuickPickItem {
  readonly path: string;
}

/**
 * One MAPS for a command: given, in the active editor, selected in the tree, the only one there is, or asked.
 * Undefined when the user was told that there is none, or thought better of it.
 */
export async function oneMaps(
  gyrus: Gyrus,
  given: readonly unknown[],
  title: string,
  fits: (view: MapsView) => boolean = () => true,
): Promise<string | undefined> {
  const [first] = givenMaps(given);
  if (first !== undefined) return first;
  const fitting = gyrus.experiments.views.filter(fits);
  const suggested = [activeMaps(), ...gyrus.tree.selection.map(mapsOf)];
  const found = suggested.find((path) => fitting.some((view) => view.maps === path));
  if (found !== undefined) return found;
  if (fitting.length === 1) return fitting[0]!.maps;
  if (fitting.length === 0) {
    tellNone(gyrus, title);
    return undefined;
  }
  const picked = await window.showQuickPick(fitting.map(mapsItem), { title, matchOnDescription: true });
  return picked?.path;
}

/** Several MAPS to compare: given, selected, or asked. */
export async function severalMaps(gyrus: Gyrus, given: readonly unknown[], title: string): Promise<string[]> {
  const chosen = givenMaps(given);
  if (chosen.length > 1) return chosen;
  const views = gyrus.experiments.views;
  if (views.length < 2) {
    notify("information", l10n.t("{0}: this workspace has fewer than two MAPS.", title));
    return [];
  }
  const preselected = new Set([...chosen, ...gyrus.tree.selection.flatMap((node) => mapsOf(node) ?? [])]);
  const picked = await window.showQuickPick(
    views.map((view) => ({ ...mapsItem(view), picked: preselected.has(view.maps) })),
    { title, canPickMany: true, matchOnDescription: true },
  );
  return picked?.map((item) => item.path) ?? [];
}

/**
 * The MAPS of the workspace that an audit looks at too: one, or null for none. Not asked where there is none; undefined when the user
 * thought better of it.
 */
export async function mapsOrNone(gyrus: Gyrus, title: string): Promise<string | null | undefined> {
  const { views } = gyrus.experiments;
  if (views.length === 0) return null;
  const none = { label: l10n.t("Only the data of the experiment"), path: null };
  const picked = await window.showQuickPick([none, ...views.map(mapsItem)], {
    title,
    placeHolder: l10n.t("A MAPS whose data groups are compared too"),
    matchOnDescription: true,
  });
  return picked?.path;
}

function mapsItem(view: MapsView): PathItem {
  return {
    label: basename(view.maps),
    description: mapsDescription(view),
    detail: workspace.asRelativePath(view.maps),
    iconPath: statusIcon(view.status),
    path: view.maps,
  };
}

function tellNone(gyrus: Gyrus, title: string): void {
  const none =
    gyrus.experiments.views.length === 0
      ? l10n.t("{0}: there is no MAPS in this workspace.", title)
      : l10n.t("{0}: no MAPS of this workspace is in a state for that.", title);
  notify("information", none);
}

/** One experiment file: given, in the active editor, the only one there is, or asked. */
export async function oneExperiment(
  gyrus: Gyrus,
  given: readonly unknown[],
  title: string,
): Promise<string | undefined> {
  const found = givenExperiment(given) ?? activeExperiment();
  if (found !== undefined) return found;
  const files = gyrus.experiments.files;
  if (files.length === 1) return files[0];
  const browse = {
    label: l10n.t("Browse…"),
    iconPath: new ThemeIcon("folder-opened"),
    path: undefined,
  };
  const items = files.map((path) => ({
    label: basename(path),
    description: workspace.asRelativePath(dirname(path)),
    path,
  }));
  const picked = await window.showQuickPick([...items, browse], {
    title,
    placeHolder: l10n.t("Experiment file"),
  });
  if (picked === undefined) return undefined;
  return picked.path ?? browseForExperiment();
}

async function browseForExperiment(): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    canSelectFiles: true,
    filters: { [l10n.t("Experiment file")]: ["json"] },
  });
  return chosen?.[0]?.fsPath;
}

/** Folder for the MAPS of a training: `maps_<name>` in `parent`, numbered when that is taken. */
export function freeMapsFolder(parent: string, experiment: string, taken: (path: string) => boolean): string {
  const first = join(parent, mapsName(experiment));
  for (let number = 1; ; number++) {
    const folder = number === 1 ? first : `${first}_${number}`;
    if (!taken(folder)) return folder;
  }
}
