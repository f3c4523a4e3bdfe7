/** Quick fixes of experiment files: the key or the value that was probably meant, a folder that exists. */
import { dirname, relative } from "node:path";
import { findNodeAtLocation } from "jsonc-parser";
import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  commands,
  Disposable,
  l10n,
  type Range,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { AlternativeValue, Problem } from "../../experiment/problems/problem";
import { IMAGES_KINDS } from "../../experiment/schema/images";
import { giveImages } from "../commands/newExperiment/giveImages";
import { placedProblems, rangeOf } from "./experimentDiagnostics";
import type { ExperimentDocuments, ExperimentState } from "./experimentDocuments";
import { isGiven, placeOf } from "./jsonPlaces";

/** Commands of the editor alone: they stand in no menu. */
const chooseFolder = "gyrus.chooseFolderFor";
const chooseImages = "gyrus.chooseImagesFor";
/** More would be a list to scroll through: completion offers the rest. */
const most = 5;

export class ExperimentFixes implements CodeActionProvider, Disposable {
  readonly #commands: Disposable;
  readonly #documents: ExperimentDocuments;

  constructor(documents: ExperimentDocuments) {
    this.#documents = documents;

    this.#commands = Disposable.from(
      commands.registerCommand(chooseFolder, (uri: Uri, key: string) => this.#chooseFolder(uri, key)),
      commands.registerCommand(chooseImages, (uri: Uri) => giveImages(uri)),
    );
  }

  provideCodeActions(document: TextDocument, range: Range): CodeAction[] {
    const state = this.#documents.state(document);
    if (state === undefined) return [];
    const here = placedProblems(document, state).filter(
      (placed) => placed.range.intersection(range) !== undefined,
    );
    return here.flatMap(({ problem, key }) => [
      ...alternatives(document, state, problem, key),
      ...splits(document, problem, key),
      ...folders(document, problem, key),
      ...images(document, state, problem, key),
    ]);
  }

  /** Or a table, where the key names one. */
  async #chooseFolder(uri: Uri, key: string): Promise<void> {
    const isTable = key === "images.table";
    const canSelect = { canSelectFolders: !isTable, canSelectFiles: isTable };
    const [chosen] = (await window.showOpenDialog({ ...canSelect, title: key })) ?? [];
    const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const state = document === undefined ? undefined : this.#documents.state(document);
    if (chosen === undefined || document === undefined || state === undefined) return;
    const path = relative(dirname(uri.fsPath), chosen.fsPath);
    const edit = settingEdit(document, state, key, path.startsWith("..") ? chosen.fsPath : path || ".");
    if (edit !== undefined) await workspace.applyEdit(edit);
  }

  dispose(): void {
    this.#commands.dispose();
  }
}

function alternatives(
  document: TextDocument,
  state: ExperimentState,
  { instead }: Problem,
  key: string,
): CodeAction[] {
  if (instead === undefined || state.text === null) return [];
  if ("values" in instead) {
    return instead.values.slice(0, most).flatMap((value) => {
      const edit = settingEdit(document, state, key, value);
      const title = l10n.t("Set {0} to {1}", key, JSON.stringify(value));
      return edit === undefined ? [] : [fix(title, edit)];
    });
  }
  const { name } = placeOf(state.text, key);
  if (name === null) return [];
  return instead.names.map((other) => {
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, name), JSON.stringify(other));
    return fix(l10n.t("Rename to {0}", other), edit);
  });
}

function folders(document: TextDocument, { severity }: Problem, key: string): CodeAction[] {
  if (severity !== "error" || (key !== "caps_directory" && key !== "tsv_path")) return [];
  const action = new CodeAction(l10n.t("Choose a folder for {0}…", key), CodeActionKind.QuickFix);
  action.command = { command: chooseFolder, title: action.title, arguments: [document.uri, key] };
  return [action];
}

/** Where the place of `images` is none, or holds none of them: another one, or images that were found by looking. */
function images(
  document: TextDocument,
  { text }: ExperimentState,
  { severity }: Problem,
  key: string,
): CodeAction[] {
  if (severity !== "error" || text === null || !/^images(\.|$)/.test(key)) return [];
  const found = new CodeAction(l10n.t("Choose among the images of the workspace…"), CodeActionKind.QuickFix);
  found.command = { command: chooseImages, title: found.title, arguments: [document.uri] };
  const kind = IMAGES_KINDS.find((name) => isGiven(text, `images.${name}`));
  if (kind === undefined) return [found];
  const title =
    kind === "table" ? l10n.t("Choose a table for {0}…", key) : l10n.t("Choose a folder for {0}…", key);
  const other = new CodeAction(title, CodeActionKind.QuickFix);
  other.command = { command: chooseFolder, title, arguments: [document.uri, `images.${kind}`] };
  return [found, other];
}

/** A folder of splits that is not there, or not as it should be, can be made at once. */
function splits(document: TextDocument, { severity }: Problem, key: string): CodeAction[] {
  if (severity !== "error" || key !== "tsv_path") return [];
  const action = new CodeAction(l10n.t("Make the split here…"), CodeActionKind.QuickFix);
  action.command = { command: "gyrus.makeSplits", title: action.title, arguments: [document.uri] };
  return [action];
}

function fix(title: string, edit: WorkspaceEdit): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.edit = edit;
  return action;
}

/** Sets a key of the experiment: in its place, or as the first one of its object where it is not given. */
function settingEdit(
  document: TextDocument,
  { text }: ExperimentState,
  key: string,
  value: AlternativeValue,
): WorkspaceEdit | undefined {
  if (text === null) return undefined;
  const edit = new WorkspaceEdit();
  const { value: span } = placeOf(text, key);
  if (isGiven(text, key)) edit.replace(document.uri, rangeOf(document, span), JSON.stringify(value));
  else {
    const path = key.split(".");
    const holder = findNodeAtLocation(text.tree, path.slice(0, -1));
    if (holder?.type !== "object") return undefined;
    const isEmpty = (holder.children ?? []).length === 0;
    const indent = "  ".repeat(path.length);
    const line = `\n${indent}${JSON.stringify(path.at(-1))}: ${JSON.stringify(value)}${isEmpty ? "\n" : ","}`;
    edit.insert(document.uri, document.positionAt(holder.offset + 1), line);
  }
  return edit;
}
