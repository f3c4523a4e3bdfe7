/** The run table: every MAPS of the window in one list. */
import { dirname } from "node:path";
import { commands, l10n, Uri, workspace } from "vscode";
import type { FromRuns, ToRuns } from "../../../../webview/runs/messages";
import { runsStrings } from "../../../../webview/runs/strings";
import { runStrings } from "../../../../webview/shared/strings";
import type { PanelKind } from "../panelKind";
import { translations } from "../panelTexts";
import { saveFile } from "../saveFile";
import { fromRunsSchema } from "./runsMessages";
import { type KnownRuns, type RunsEditor, RunsSession } from "./runsSession";

/** There is one, of the whole window. */
export type RunsSubject = "window";

export const runsPanel = (known: KnownRuns): PanelKind<RunsSubject, FromRuns, ToRuns> => ({
  page: () => ({ viewType: "gyrus.runs", bundle: "runs", title: l10n.t("Runs") }),
  key: (window) => window,
  messages: fromRunsSchema,
  restored: () => "window",
  serve: (_, { post }) => new RunsSession(translations(runStrings, runsStrings), post, known, editor),
});

const run = async (command: string, ...given: readonly unknown[]) => {
  await commands.executeCommand(command, ...given);
};

const editor: RunsEditor = {
  shownFolder: (path) => {
    const folder = workspace.getWorkspaceFolder(Uri.file(path));
    return folder?.uri.fsPath === path ? "" : workspace.asRelativePath(path);
  },
  open: (maps) => run("gyrus.openPanel", maps),
  compare: (maps) => run("gyrus.compare", maps[0], maps),
  rename: (maps) => run("gyrus.renameMaps", maps),
  delete: (maps) => run("gyrus.deleteMaps", maps[0], maps),
  restore: () => run("gyrus.restoreMaps"),
  save: (name, content) =>
    saveFile(workspace.workspaceFolders?.[0]?.uri ?? Uri.file(dirname(name)), name, content),
};
