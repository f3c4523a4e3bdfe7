/** The step that asks for labels and splits: a folder that holds them, or a table to make them from. */
import { basename } from "node:path";
import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window, workspace } from "vscode";
import type { StudyTable } from "../../../data/splits/studyTable";
import type { Gyrus } from "../../gyrus";
import { reportError } from "../../report";
import { BACK, choose, type Place, type StepResult } from "../steps";
import type { ChosenImages } from "./chooseImages";

interface Item extends QuickPickItem {
  readonly folder?: string;
  readonly table?: string;
  readonly browse?: "folder" | "table";
}

export interface LabelAnswers {
  /** A folder of splits that is there; null where they are made from `study`. */
  readonly folder: string | null;
  readonly study: StudyTable | null;
}

/** Whose images there are, and tables that may tell of them. */
type People = Pick<ChosenImages, "sessions" | "tables">;

/** A table that cannot be used is told of, and asked for again. */
export const askSplits =
  (gyrus: Gyrus, splits: readonly string[]) =>
  async ({ data }: { readonly data?: People }, place: Place): Promise<StepResult<LabelAnswers>> => {
    const question = l10n.t("Where are the labels: in a table, or split already?");
    for (;;) {
      const picked = await choose(place, question, itemsOf(splits, data?.tables ?? []));
      if (picked === undefined || picked === BACK) return picked;
      const chosen = picked.browse === undefined ? picked : await browse(picked.browse, question);
      if (chosen?.folder !== undefined) return { folder: chosen.folder, study: null };
      const study = await tryToRead(gyrus, place.title, chosen?.table, data);
      if (study !== null) return { folder: null, study };
    }
  };

async function tryToRead(gyrus: Gyrus, title: string, table: string | undefined, data: People | undefined) {
  if (table === undefined) return null;
  const { readStudyTable } = await import("../../../data/splits/studyTable");
  try {
    return await readStudyTable(table, {}, data?.sessions ?? null);
  } catch (error) {
    reportError(gyrus.log, title, error);
    return null;
  }
}

function itemsOf(splits: readonly string[], tables: readonly string[]): Item[] {
  const heading = (label: string) => ({ label, kind: QuickPickItemKind.Separator });
  const item = (path: string, icon: ThemeIcon) => ({
    label: basename(path),
    description: workspace.asRelativePath(path),
    iconPath: icon,
  });
  const browsing = new ThemeIcon("folder-opened");
  return [
    ...(splits.length === 0 ? [] : [heading(l10n.t("Split already"))]),
    ...splits.map((folder) => ({ ...item(folder, ThemeIcon.Folder), folder })),
    ...(tables.length === 0 ? [] : [heading(l10n.t("Make the splits from a table"))]),
    ...tables.map((table) => ({ ...item(table, ThemeIcon.File), table })),
    heading(l10n.t("Elsewhere")),
    { label: l10n.t("Browse for a table…"), iconPath: browsing, browse: "table" },
    { label: l10n.t("Browse for a folder of splits…"), iconPath: browsing, browse: "folder" },
  ];
}

async function browse(what: "folder" | "table", title: string): Promise<Item | undefined> {
  const canSelect = { canSelectFolders: what === "folder", canSelectFiles: what === "table" };
  const filters = what === "table" ? { filters: { TSV: ["tsv", "csv"] } } : {};
  const [chosen] = (await window.showOpenDialog({ ...canSelect, ...filters, title })) ?? [];
  return chosen === undefined ? undefined : { label: "", [what]: chosen.fsPath };
}
