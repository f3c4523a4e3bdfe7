/** Demo brains with their labels and an experiment file, to try everything without data of one's own. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { commands, l10n, Uri, window, workspace } from "vscode";
import { isExperimentFile } from "../../experiment/file/experimentFileName";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { lastLines } from "../trainer/trainerLog";
import { runWithProgress } from "./runWithProgress";

export async function createDemo(gyrus: Gyrus): Promise<void> {
  const [home] = workspace.workspaceFolders ?? [];
  const parent = home?.uri.fsPath ?? (await chooseParent());
  if (parent === undefined) return;
  const folder = freeFolder(join(parent, "gyrus-demo"));
  const made = await make(gyrus, folder);
  if (!made) return;
  if (home === undefined) {
    await commands.executeCommand("vscode.openFolder", Uri.file(folder));
    return;
  }
  await gyrus.experiments.refresh();
  const experiment = (await readdir(folder)).find(isExperimentFile);
  if (experiment !== undefined) await window.showTextDocument(Uri.file(join(folder, experiment)));
}

async function chooseParent(): Promise<string | undefined> {
  const title = l10n.t("Folder for the demo data");
  const chosen = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title });
  return chosen?.[0]?.fsPath;
}

function freeFolder(wanted: string): string {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(folder)) return folder;
  }
}

/** False when the user cancelled. Throws with what the program said. */
async function make(gyrus: Gyrus, folder: string): Promise<boolean> {
  const words = ["demo", "--data-only", "--output", folder, "--json"];
  const result = await runWithProgress(gyrus, words, l10n.t("Creating demo brains"));
  if (result === null) return false;
  const { readWarned } = await import("./replies");
  const reply = readWarned(result.output);
  if (reply?.ok) return true;
  throw new Error(reply === null ? lastLines(result.messages) : problemWords(reply.problems));
}
