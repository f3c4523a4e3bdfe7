/** Comparisons of runs. They read and never write, so untrusted workspaces have them too. */
import { dirname } from "node:path";
import {
  commands,
  type Disposable,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
} from "vscode";
import type { FromCompare } from "../../../../webview/compare/messages";
import { compareStrings } from "../../../../webview/compare/strings";
import { dress, listen, type PanelServices } from "../panelFrame";
import { translations } from "../panelTexts";
import { saveFile } from "../saveFile";
import { tellFailure } from "../tellFailure";
import { fromCompareSchema } from "./compareMessages";
import { CompareSession } from "./compareSession";

const COMPARE_VIEW = "gyrus.compare";

export class ComparePanels implements WebviewPanelSerializer, Disposable {
  readonly #panels = new Set<WebviewPanel>();
  readonly #services: PanelServices;

  constructor(services: PanelServices) {
    this.#services = services;
  }

  open(maps: readonly string[]): void {
    this.#fill(window.createWebviewPanel(COMPARE_VIEW, l10n.t("Comparison"), ViewColumn.Active), maps);
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const maps = mapsOfState(state);
    if (maps.length === 0) panel.dispose();
    else this.#fill(panel, maps);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
  }

  #fill(panel: WebviewPanel, maps: readonly string[]): void {
    this.#panels.add(panel);
    const title = l10n.t("Comparison");
    panel.title = title;
    const session = new CompareSession(
      maps,
      translations(compareStrings),
      (message) => void panel.webview.postMessage(message),
      this.#services.version,
    );
    const receive = async (message: FromCompare): Promise<void> => {
      switch (message.kind) {
        case "hello":
          session.start();
          return;
        case "open":
          await commands.executeCommand("gyrus.openPanel", message.maps);
          return;
        case "remove":
          session.remove(message.maps);
          return;
        case "save":
          await saveFile(Uri.file(dirname(session.maps[0] ?? "")), message.name, message.content);
          return;
      }
    };
    const parts = [
      listen(panel.webview, fromCompareSchema, this.#services, receive, (error) => tellFailure(title, error)),
      // The page of a hidden panel is thrown away; seen again, it says hello again.
      panel.onDidChangeViewState(() => {
        if (!panel.visible) session.stop();
      }),
    ];
    panel.onDidDispose(() => {
      session.stop();
      for (const part of parts) part.dispose();
      this.#panels.delete(panel);
    });
    dress(panel.webview, this.#services, { panel: "compare", element: "gyrus-compare", title });
  }
}

function mapsOfState(state: unknown): readonly string[] {
  if (typeof state !== "object" || state === null || !("maps" in state) || !Array.isArray(state.maps))
    return [];
  return state.maps.filter((maps): maps is string => typeof maps === "string");
}
