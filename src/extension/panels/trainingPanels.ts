/** Training panels: one for each MAPS that is looked at. A panel that is hidden costs nothing; it is served again when seen. */
import { basename } from "node:path";
import {
  commands,
  type Disposable,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from "vscode";
import {
  type FromTraining,
  packEvents,
  type RunInfo,
  type ToTraining,
  toJson,
} from "../../../webview/training/messages";
import { trainingStrings } from "../../../webview/training/strings";
import { dress, listen, type PanelServices } from "./panelFrame";
import { translations } from "./panelTexts";
import { RunFollower, type RunListener } from "./runFollower";
import { saveFile } from "./saveFile";
import { tellFailure } from "./tellFailure";
import { fromTrainingSchema } from "./trainingMessages";

const TRAINING_VIEW = "gyrus.training";

export class TrainingPanels implements WebviewPanelSerializer, Disposable {
  readonly #panels = new Map<string, WebviewPanel>();
  readonly #services: PanelServices;

  constructor(services: PanelServices) {
    this.#services = services;
  }

  /** Shows the panel of a MAPS, the one that is open already if there is one. */
  open(maps: string): void {
    const open = this.#panels.get(maps);
    if (open !== undefined) open.reveal();
    else this.#fill(window.createWebviewPanel(TRAINING_VIEW, basename(maps), ViewColumn.Active), maps);
  }

  /** A window that was reloaded brings its panels back, each when its tab is looked at. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const maps = mapsOfState(state);
    if (maps === undefined) panel.dispose();
    else this.#fill(panel, maps);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #fill(panel: WebviewPanel, maps: string): void {
    this.#panels.set(maps, panel);
    const { webview } = panel;
    const name = basename(maps);
    const post = (message: ToTraining) => void webview.postMessage(message);
    let welcomed = false;
    const listener: RunListener = {
      run: (info) => {
        const run = permitted(info);
        if (welcomed) post({ kind: "run", run });
        else {
          const state = { maps: Uri.file(maps).toString() };
          post({ kind: "welcome", run, state, texts: translations(trainingStrings) });
        }
        welcomed = true;
      },
      events: (track, events, from) => post({ kind: "events", track, block: packEvents(events, from) }),
      table: (track, rows) => post({ kind: "table", track, rows: toJson(rows) }),
      restart: (track) => post({ kind: "restart", track }),
    };
    const follower = new RunFollower(maps, name, listener, this.#services.version);
    const receive = async (message: FromTraining): Promise<void> => {
      switch (message.kind) {
        case "hello":
          welcomed = false;
          follower.start(message.known);
          return;
        case "resync":
          follower.resync(message.track, message.next);
          return;
        case "act":
          await commands.executeCommand(`gyrus.${message.action}`, maps);
          return;
        case "save":
          await saveFile(Uri.file(maps), message.name, message.content);
          return;
      }
    };
    const parts = [
      listen(webview, fromTrainingSchema, this.#services, receive, (error) => tellFailure(name, error)),
      // The page of a hidden panel is thrown away; seen again, it says hello again.
      panel.onDidChangeViewState(() => {
        if (!panel.visible) follower.stop();
      }),
    ];
    panel.onDidDispose(() => {
      follower.stop();
      for (const part of parts) part.dispose();
      if (this.#panels.get(maps) === panel) this.#panels.delete(maps);
    });
    dress(webview, this.#services, { panel: "training", element: "gyrus-training", title: name });
  }
}

/** An untrusted workspace looks and does not train. */
function permitted(run: RunInfo): RunInfo {
  return workspace.isTrusted ? run : { ...run, actions: run.actions.filter((action) => action !== "resume") };
}

function mapsOfState(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("maps" in state)) return undefined;
  if (typeof state.maps !== "string") return undefined;
  const uri = Uri.parse(state.maps);
  return uri.scheme === "file" ? uri.fsPath : undefined;
}
