/** Input previews: one for each experiment file that is looked at. They read and never write, so untrusted workspaces have them too. */
import { basename } from "node:path";
import { commands, FileType, l10n, Range, Uri, ViewColumn, workspace } from "vscode";
import type { FromInputs, ToInputs } from "../../../../webview/inputs/messages";
import { drawnStrings, inputsStrings } from "../../../../webview/inputs/strings";
import { volumeStrings } from "../../../../webview/shared/volume/strings";
import { chooseLayer } from "../nifti/chooseLayer";
import { layerFile } from "../nifti/niftiFile";
import type { PanelKind } from "../panelKind";
import { translations } from "../panelTexts";
import { keptFile } from "../restoredState";
import { saveFile } from "../saveFile";
import { fromInputsSchema } from "./inputsMessages";
import { InputsSession } from "./inputsSession";
import { InputsThread } from "./inputsThread";

/** Its subject: the path of the experiment file. */
export const inputsPanel: PanelKind<string, FromInputs, ToInputs> = {
  page: (path) => ({
    viewType: "gyrus.inputs",
    bundle: "inputs",
    title: l10n.t("Inputs: {0}", basename(path)),
  }),
  key: (path) => path,
  messages: fromInputsSchema,
  restored: (state) => keptFile(state, "experiment"),
  serve: (path, { services, post, isVisible }) => {
    const program = Uri.joinPath(services.extensionUri, "dist", "inputsWorker.js");
    const session = new InputsSession(
      { path, uri: Uri.file(path).toString(), name: basename(path) },
      translations(volumeStrings, inputsStrings, drawnStrings),
      post,
      {
        open: openAt,
        chooseLayer: (image) => chooseLayer(Uri.file(image)),
        openLayer: layerFile,
        save: (name, content) => saveFile(Uri.joinPath(Uri.file(path), ".."), name, content),
      },
      new InputsThread(program.fsPath),
    );
    // A saved experiment has other inputs.
    const saved = workspace.onDidSaveTextDocument((document) => {
      if (document.uri.fsPath === path && isVisible()) void session.plan();
    });
    return {
      receive: (message) => session.receive(message),
      hidden: () => session.hidden(),
      dispose() {
        saved.dispose();
        void session.dispose();
      },
    };
  },
};

/** Opens what a problem names: a file at its line, an image in its editor, a folder in the explorer of the system. */
async function openAt(file: string, line: number | null): Promise<void> {
  const uri = Uri.file(file);
  const { type } = await workspace.fs.stat(uri);
  if ((type & FileType.Directory) !== 0) {
    const inside = workspace.getWorkspaceFolder(uri) !== undefined;
    await commands.executeCommand(inside ? "revealInExplorer" : "revealFileInOS", uri);
    return;
  }
  const at = line === null ? {} : { selection: new Range(line - 1, 0, line - 1, 0) };
  await commands.executeCommand("vscode.open", uri, { viewColumn: ViewColumn.Beside, ...at });
}
