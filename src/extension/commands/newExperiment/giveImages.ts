/** Gives an experiment that is there other images, of those that stand in the workspace. */
import { basename, dirname } from "node:path";
import { l10n, type Uri, window, workspace } from "vscode";
import { askSteps } from "../steps";
import { askImages, type ChosenImages } from "./chooseImages";
import { textWithImages } from "./experimentText";
import { replaceText } from "./replaceText";

export async function giveImages(uri: Uri): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const home = dirname(uri.fsPath);
  const { lookForImages } = await import("../../../data/sources/looking/lookForImages");
  const found = await lookForImages(folders.length === 0 ? [home] : folders);
  const title = `${l10n.t("Choose Images")}: ${basename(uri.fsPath)}`;
  const answers = await askSteps<{ readonly data: ChosenImages }>(title, [askImages(found)]);
  if (answers?.data === undefined) return;
  const document = await workspace.openTextDocument(uri);
  await replaceText(document, textWithImages(document.getText(), answers.data.keys, home));
  await window.showTextDocument(document);
}
