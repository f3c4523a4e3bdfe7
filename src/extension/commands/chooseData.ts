/** Steps that ask for data: what stands in the workspace is offered, anything else can be browsed for. */
import { basename, dirname, join, resolve } from "node:path";
import { l10n, type OpenDialogOptions, ThemeIcon, window, workspace } from "vscode";
import { namesIn } from "../../files/reader";
import { BACK, choose, type Place } from "./steps";

/** Path of a folder: one of `found`, or another. */
export function chooseFolder(place: Place, question: string, found: readonly string[]) {
  return choosePath(place, question, found, ThemeIcon.Folder, {
    canSelectFolders: true,
    canSelectFiles: false,
  });
}

/** Path of a table: one of `found`, or another. */
export function chooseTable(place: Place, question: string, found: readonly string[]) {
  return choosePath(place, question, found, ThemeIcon.File, { filters: { TSV: ["tsv", "csv"] } });
}

async function choosePath(
  place: Place,
  question: string,
  found: readonly string[],
  iconPath: ThemeIcon,
  dialog: OpenDialogOptions,
): Promise<string | typeof BACK | undefined> {
  const items = found.map((path) => ({
    label: basename(path),
    description: workspace.asRelativePath(path),
    iconPath,
    path,
  }));
  const browse = { label: l10n.t("Browse…"), iconPath: new ThemeIcon("folder-opened"), path: undefined };
  const picked = await choose(place, question, [...items, browse]);
  if (picked === undefined || picked === BACK) return picked;
  if (picked.path !== undefined) return picked.path;
  const chosen = await window.showOpenDialog({ ...dialog, title: question });
  return chosen?.[0]?.fsPath;
}

/** Folders in which the tables stand that the networks of a MAPS have learned from, and those set apart with them. */
export async function ownTables(maps: string): Promise<readonly string[]> {
  const { readMapsJson } = await import("../../maps/folder/mapsJson");
  const path = await readMapsJson(maps).then(
    ({ json }) => json.tsv_path,
    () => null,
  );
  if (typeof path !== "string" || path === "") return [];
  const folder = resolve(maps, path);
  return /^\d+_fold$/.test(basename(folder)) ? [folder, dirname(folder)] : [folder];
}

/** Tables of people set apart in the split folders: `test_baseline.tsv`, `test.tsv`, and those of other names. */
export async function testTables(splits: readonly string[]): Promise<string[]> {
  const perFolder = await Promise.all(
    splits.map(async (folder) => {
      const names = await namesIn(folder).catch((): string[] => []);
      const tables = names.filter(
        (name) => /\.(?:tsv|csv)$/i.test(name) && !/^(train|validation)/.test(name),
      );
      return tables.sort().map((name) => join(folder, name));
    }),
  );
  return perFolder.flat();
}
