import { commands, l10n, Uri, window, workspace } from "vscode";
import { notify } from "../report";

/** Asks where, writes there, and offers to open what was written. `content` is text or bytes of a view. */
export async function saveFile(folder: Uri, name: string, content: string | Uint8Array): Promise<void> {
  const target = await window.showSaveDialog({ defaultUri: Uri.joinPath(folder, name) });
  if (target === undefined) return;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await workspace.fs.writeFile(target, bytes);
  const open = { title: l10n.t("Open"), run: () => commands.executeCommand("vscode.open", target) };
  notify("information", l10n.t("Saved {0}.", target.fsPath), [open]);
}
