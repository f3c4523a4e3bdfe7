/** What all panels share: their page, their messages, and what happens when one of these is wrong. */

import { type Disposable, env, type LogOutputChannel, type Memento, Uri, type Webview } from "vscode";
import type { z } from "zod";
import type { ReadCluster } from "../cluster/readCluster";
import { errorWords } from "../errorWords";
import { notify } from "../report";
import { panelHtml } from "./panelHtml";

/** What the panels need from the rest of the extension. */
export interface PanelServices {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  /** Of the extension: what a newer one wrote is shown as far as it is understood. */
  readonly version: string;
  readonly readCluster: ReadCluster;
  /** What the extension keeps of the user, whatever the window. */
  readonly memory: Memento;
}

export interface PanelPageChoice {
  /** Name of the bundle in dist/webview. */
  readonly panel: string;
  readonly element: string;
  readonly title: string;
}

/** Gives a webview its page. It may load what the extension ships, and nothing else. */
export function dress(webview: Webview, { extensionUri }: PanelServices, choice: PanelPageChoice): void {
  const folder = Uri.joinPath(extensionUri, "dist", "webview");
  const source = (file: string) => webview.asWebviewUri(Uri.joinPath(folder, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = panelHtml({
    cspSource: webview.cspSource,
    script: source(`${choice.panel}.js`),
    styleSheet: source("document.css"),
    title: choice.title,
    language: env.language,
    element: choice.element,
  });
}

/**
 * Listens to a webview. A message that is none of `schema` is logged and left; an action that fails is logged and told under
 * `name`, and the panel goes on.
 */
export function listen<Message>(
  webview: Webview,
  schema: z.ZodType<Message>,
  { log }: PanelServices,
  name: string,
  receive: (message: Message) => void | Promise<void>,
): Disposable {
  return webview.onDidReceiveMessage(async (received: unknown) => {
    const message = schema.safeParse(received);
    if (!message.success) {
      log.warn(`A view sent a message that is not known: ${message.error.message}`);
      return;
    }
    try {
      await receive(message.data);
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      notify("error", `${name}: ${await errorWords(error)}`);
    }
  });
}
