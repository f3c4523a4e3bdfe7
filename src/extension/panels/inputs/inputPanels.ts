/** Input previews: one for each experiment file that is looked at. They read and never write, so untrusted workspaces have them too. */
import { basename } from "node:path";
import {
  commands,
  type Disposable,
  FileType,
  l10n,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from "vscode";
import { inputsStrings } from "../../../../webview/inputs/strings";
import { volumeStrings } from "../../../../webview/shared/volume/strings";
import { dress, listen, type PanelServices } from "../panelFrame";
import { translations } from "../panelTexts";
import { tellFailure } from "../tellFailure";
import { fromInputsSchema } from "./inputsMessages";
import { InputsSession } from "./inputsSession";

const INPUTS_VIEW = "gyrus.inputs";

export class InputPanels implements WebviewPanelSerializer, Disposable {
  readonly #panels = new Map<string, WebviewPanel>();
  readonly #services: PanelServices;

  constructor(services: PanelServices) {
    this.#services = services;
  }

  /** Shows the preview of an experiment file, the one that is open already if there is one. */
  open(experimentFile: string): void {
    const open = this.#panels.get(experimentFile);
    if (open !== undefined) open.reveal();
    else
      this.#fill(
        window.createWebviewPanel(INPUTS_VIEW, basename(experimentFile), ViewColumn.Active),
        experimentFile,
      );
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const file = fileOfState(state);
    if (file === undefined) panel.dispose();
    else this.#fill(panel, file);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #fill(panel: WebviewPanel, path: string): void {
    this.#panels.set(path, panel);
    const name = basename(path);
    panel.title = l10n.t("Inputs: {0}", name);
    const session = new InputsSession(
      { path, uri: Uri.file(path).toString(), name },
      translations(volumeStrings, inputsStrings),
      (message) => void panel.webview.postMessage(message),
      openAt,
    );
    const parts = [
      listen(
        panel.webview,
        fromInputsSchema,
        this.#services,
        (message) => session.receive(message),
        (error) => tellFailure(name, error),
      ),
      // A saved experiment has other inputs.
      workspace.onDidSaveTextDocument((document) => {
        if (document.uri.fsPath === path && panel.visible) void session.plan();
      }),
    ];
    panel.onDidDispose(() => {
      for (const part of parts) part.dispose();
      if (this.#panels.get(path) === panel) this.#panels.delete(path);
    });
    dress(panel.webview, this.#services, { panel: "inputs", element: "gyrus-inputs", title: name });
  }
}

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

function fileOfState(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("experiment" in state)) return undefined;
  if (typeof state.experiment !== "string") return undefined;
  const uri = Uri.parse(state.experiment);
  return uri.scheme === "file" ? uri.fsPath : undefined;
}
