/** Writes the report of a MAPS in a process of its own, and opens it. */
import { basename, dirname, extname, join } from "node:path";
import { commands, env, l10n, Uri, window } from "vscode";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { notify } from "../report";
import { lastLines } from "../trainer/trainerLog";
import { readReported } from "./replies";
import { runWithProgress, showLog } from "./runWithProgress";
import { oneMaps } from "./targets";
import { mayChange } from "./trainingCommands";

export async function writeReport(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const title = l10n.t("Write Report");
  const maps = await oneMaps(gyrus, given, title, ({ splits }) =>
    splits.some(({ metrics }) => metrics.length > 0),
  );
  if (maps === undefined) return;
  const target = await window.showSaveDialog({
    title,
    defaultUri: Uri.file(join(dirname(maps), `${basename(maps)}-report.html`)),
    filters: { HTML: ["html"], Markdown: ["md"] },
  });
  if (target === undefined) return;
  const result = await runWithProgress(
    gyrus,
    ["report", maps, "--output", target.fsPath, "--json"],
    `${title}: ${basename(maps)}`,
  );
  if (result === null) return;
  const reply = readReported(result.output);
  if (reply?.ok) return await openReport(reply.result.file);
  const problems = reply?.problems ?? [];
  const words = problems.length === 0 ? lastLines(result.messages) : problemWords(problems);
  notify("error", `${title}: ${words}`, [showLog(gyrus)]);
}

/** HTML in the browser of this machine; where the editor runs on another one, which has no way to the file, as text. */
async function openReport(file: string): Promise<void> {
  const uri = Uri.file(file);
  const isMarkdown = extname(file).toLowerCase() === ".md";
  const opened = !isMarkdown && env.remoteName === undefined && (await env.openExternal(uri));
  const open = { title: l10n.t("Open"), run: () => commands.executeCommand("vscode.open", uri) };
  notify("information", l10n.t("Saved {0}.", file), opened ? [] : [open]);
  if (isMarkdown) await commands.executeCommand("markdown.showPreview", uri);
}
