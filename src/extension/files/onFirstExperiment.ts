import { type Disposable, type TextDocument, workspace } from "vscode";
import { isExperimentFile } from "../../experiment/file/experimentFileName";
import { Disposables } from "../disposables";

/** Loads what serves experiment files when the first of them is opened, or at once when one is open. */
export function onFirstExperiment(): Disposable {
  const parts = new Disposables();
  const load = async (document: TextDocument) => {
    if (!isExperimentFile(document.fileName)) return;
    waiting.dispose();
    const { ExperimentLanguage } = await import("./experimentLanguage");
    parts.add(new ExperimentLanguage());
  };
  const waiting = workspace.onDidOpenTextDocument((document) => void load(document));
  parts.add(waiting);
  const open = workspace.textDocuments.find((document) => isExperimentFile(document.fileName));
  if (open !== undefined) void load(open);
  return parts;
}
