/** In a window that the user does not trust, only what stands in its folders is looked at: their files may name any path. */
import { commands, type Disposable, l10n, workspace } from "vscode";
import { readOnlyWithin } from "../files/readingScope";
import { Disposables } from "./disposables";
import { notify } from "./report";

/** Holds from now on, until the user trusts the window. Paths that were not looked at are told of once. */
export function trustedReading(): Disposable {
  const parts = new Disposables();
  let told = false;
  const tell = (path: string) => {
    if (told) return;
    told = true;
    const message = l10n.t(
      "This window is not trusted: what its files name outside of its folders is not looked at, such as {0}.",
      path,
    );
    const manage = () => commands.executeCommand("workbench.trust.manage");
    notify("warning", message, [{ title: l10n.t("Manage Workspace Trust"), run: manage }]);
  };
  const apply = () => {
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
    readOnlyWithin(workspace.isTrusted ? null : folders.map(({ uri }) => uri.fsPath), tell);
  };
  apply();
  parts.add(workspace.onDidGrantWorkspaceTrust(apply));
  parts.add(workspace.onDidChangeWorkspaceFolders(apply));
  return parts;
}
