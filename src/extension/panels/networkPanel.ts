/** The architecture and the transposition view: one of each for a network, which follows its experiment file. */
import { homedir } from "node:os";
import { basename, dirname } from "node:path";
import { commands, l10n, RelativePattern, Uri, workspace } from "vscode";
import { z } from "zod";
import type { FromNetworkView, SourceState, ToNetworkView } from "../../../webview/network/messages";
import { mapsPlace } from "../../maps/folder/place";
import { Newest } from "../../messages/newest";
import { Disposables } from "../disposables";
import { fileGlob } from "./fileGlob";
import { isJsonFile, readNetworkSource } from "./networkSource";
import type { PanelHandle, PanelKind, PanelSession } from "./panelKind";
import { saveRequestSchema } from "./panelMessages";
import { allTranslations } from "./panelTexts";
import { keptFile } from "./restoredState";
import { saveFile } from "./saveFile";

export interface NetworkSubject {
  readonly view: "architecture" | "transposition";
  /** An experiment file, or the folder of a MAPS; undefined for a network of the zoo. */
  readonly source: string | undefined;
}

export const networkPanel: PanelKind<NetworkSubject, FromNetworkView, ToNetworkView> = {
  page: ({ view, source }) => ({ viewType: `gyrus.${view}`, bundle: view, title: titleOf(view, source) }),
  key: ({ view, source = "" }) => `${view}:${source}`,
  messages: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("hello") }),
    z.object({ kind: z.literal("openSource") }),
    z.object({ kind: z.literal("openView"), view: z.enum(["architecture", "transposition"]) }),
    saveRequestSchema,
  ]),
  restored: (state, viewType) => ({
    view: viewType.endsWith("transposition") ? "transposition" : "architecture",
    source: keptFile(state, "uri"),
  }),
  serve: (subject, panel) => new NetworkSession(subject, panel),
};

class NetworkSession implements PanelSession<FromNetworkView> {
  readonly #subject: NetworkSubject;
  readonly #panel: PanelHandle<NetworkSubject, ToNetworkView>;
  readonly #parts = new Disposables();
  readonly #readings = new Newest();

  constructor(subject: NetworkSubject, panel: PanelHandle<NetworkSubject, ToNetworkView>) {
    this.#subject = subject;
    this.#panel = panel;
    const { source } = subject;
    if (source !== undefined && isJsonFile(source)) this.#follow(source);
  }

  async receive(message: FromNetworkView): Promise<void> {
    const { source } = this.#subject;
    switch (message.kind) {
      case "hello":
        this.#panel.post({
          kind: "welcome",
          uri: source === undefined ? null : Uri.file(source).toString(),
          source: await this.#read(),
          texts: allTranslations(),
        });
        return;
      case "openSource":
        if (source !== undefined)
          await commands.executeCommand(
            "vscode.open",
            Uri.file(isJsonFile(source) ? source : mapsPlace(source).mapsJson),
          );
        return;
      case "openView":
        this.#panel.open({ view: message.view, source });
        return;
      case "save": {
        const folder = source === undefined ? homedir() : dirname(source);
        await saveFile(Uri.file(folder), message.name, message.content);
        return;
      }
    }
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #read(): Promise<SourceState> {
    const { source } = this.#subject;
    return source === undefined ? { kind: "none" } : await readNetworkSource(source);
  }

  #follow(experiment: string): void {
    const pattern = new RelativePattern(Uri.file(dirname(experiment)), fileGlob(basename(experiment)));
    const watcher = this.#parts.add(workspace.createFileSystemWatcher(pattern));
    const tell = async () => {
      const signal = this.#readings.begin();
      const source = await this.#read();
      // A slower answer to an earlier change is out of date.
      if (!signal.aborted) this.#panel.post({ kind: "source", source });
    };
    for (const changed of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      this.#parts.add(changed(tell));
  }
}

function titleOf(view: NetworkSubject["view"], source: string | undefined): string {
  const name = view === "architecture" ? l10n.t("Architecture") : l10n.t("Transposition");
  return source === undefined ? name : `${name}: ${basename(source)}`;
}
