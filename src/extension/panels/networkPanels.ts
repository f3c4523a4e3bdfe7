/** The architecture and the transposition view: one of each for a network, which follows its experiment file. */
import { homedir } from "node:os";
import { basename, dirname } from "node:path";
import {
  commands,
  type Disposable,
  l10n,
  RelativePattern,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from "vscode";
import { z } from "zod";
import { architectureStrings } from "../../../webview/architecture/strings";
import type { FromNetworkView, ToNetworkView } from "../../../webview/network/messages";
import { networkStrings } from "../../../webview/network/strings";
import { transpositionStrings } from "../../../webview/transposition/strings";
import { mapsPlace } from "../../maps/folder/place";
import { fileGlob } from "./fileGlob";
import { isExperimentFile, readNetworkSource } from "./networkSource";
import { dress, listen, type PanelServices } from "./panelFrame";
import { translations } from "./panelTexts";
import { saveFile } from "./saveFile";
import { tellFailure } from "./tellFailure";
import { saveRequestSchema } from "./trainingMessages";

export type NetworkViewName = "architecture" | "transposition";
export const networkViewType = (view: NetworkViewName): string => `gyrus.${view}`;

const fromNetworkViewSchema: z.ZodType<FromNetworkView> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello"), protocol: z.int() }),
  z.object({ kind: z.literal("openSource") }),
  z.object({ kind: z.literal("openView"), view: z.enum(["architecture", "transposition"]) }),
  saveRequestSchema,
]);

export class NetworkPanels implements WebviewPanelSerializer, Disposable {
  readonly #panels = new Map<string, WebviewPanel>();
  readonly #services: PanelServices;

  constructor(services: PanelServices) {
    this.#services = services;
  }

  /** `source`: an experiment file, or the folder of a MAPS; undefined for a network of the zoo. */
  open(view: NetworkViewName, source: string | undefined): void {
    const open = this.#panels.get(keyOf(view, source));
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = window.createWebviewPanel(networkViewType(view), titleOf(view, source), ViewColumn.Active);
    this.#fill(panel, view, source);
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const view = panel.viewType.endsWith("transposition") ? "transposition" : "architecture";
    this.#fill(panel, view, sourceOfState(state));
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #fill(panel: WebviewPanel, view: NetworkViewName, source: string | undefined): void {
    const key = keyOf(view, source);
    this.#panels.set(key, panel);
    const { webview } = panel;
    const title = titleOf(view, source);
    const folder = source === undefined ? undefined : Uri.file(dirname(source));
    const post = (message: ToNetworkView) => void webview.postMessage(message);
    const read = async () =>
      source === undefined ? { kind: "none" as const } : await readNetworkSource(source);
    const receive = async (message: FromNetworkView): Promise<void> => {
      switch (message.kind) {
        case "hello":
          post({
            kind: "welcome",
            uri: source === undefined ? null : Uri.file(source).toString(),
            source: await read(),
            texts: translations({ ...networkStrings, ...stringsOf(view) }),
          });
          return;
        case "openSource":
          if (source !== undefined)
            await commands.executeCommand(
              "vscode.open",
              Uri.file(isExperimentFile(source) ? source : mapsPlace(source).mapsJson),
            );
          return;
        case "openView":
          this.open(message.view, source);
          return;
        case "save":
          await saveFile(folder ?? Uri.file(homedir()), message.name, message.content);
          return;
      }
    };
    const parts: Disposable[] = [
      listen(webview, fromNetworkViewSchema, this.#services, receive, (error) => tellFailure(title, error)),
    ];
    if (source !== undefined && isExperimentFile(source)) {
      const watcher = workspace.createFileSystemWatcher(
        new RelativePattern(Uri.file(dirname(source)), fileGlob(basename(source))),
      );
      let changes = 0;
      const tell = async () => {
        const change = ++changes;
        const read = await readNetworkSource(source);
        // A slower answer to an earlier change is out of date.
        if (change === changes) post({ kind: "source", source: read });
      };
      parts.push(watcher, watcher.onDidChange(tell), watcher.onDidCreate(tell), watcher.onDidDelete(tell));
    }
    panel.onDidDispose(() => {
      for (const part of parts) part.dispose();
      if (this.#panels.get(key) === panel) this.#panels.delete(key);
    });
    dress(webview, this.#services, { panel: view, element: `gyrus-${view}`, title });
  }
}

const keyOf = (view: NetworkViewName, source: string | undefined) => `${view}:${source ?? ""}`;

const stringsOf = (view: NetworkViewName) =>
  view === "architecture" ? architectureStrings : transpositionStrings;

function titleOf(view: NetworkViewName, source: string | undefined): string {
  const name = view === "architecture" ? l10n.t("Architecture") : l10n.t("Transposition");
  return source === undefined ? name : `${name}: ${basename(source)}`;
}

function sourceOfState(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("uri" in state)) return undefined;
  if (typeof state.uri !== "string") return undefined;
  const uri = Uri.parse(state.uri);
  return uri.scheme === "file" ? uri.fsPath : undefined;
}
