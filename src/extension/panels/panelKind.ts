/** What one kind of panel is: what it is about, how its page is named, and who serves it. The rest is the same for all. */
import type { Disposable } from "vscode";
import type { z } from "zod";
import type { PanelServices } from "./panelFrame";

/** Serves one panel, from when it is open until it is closed; then it is disposed. */
export interface PanelSession<Received> extends Disposable {
  /** What fails is told to the user, and the panel goes on. */
  receive(message: Received): void | Promise<void>;
  /** The panel is out of sight. Its page is thrown away; seen again, it says hello again. */
  hidden?(): void;
}

/** What a session can do with its panel. */
export interface PanelHandle<Subject, Sent> {
  readonly services: PanelServices;
  /** Nothing happens once the panel is closed. */
  post(message: Sent): void;
  isVisible(): boolean;
  /** Opens, or shows, the panel of another subject of the same kind. */
  open(subject: Subject): void;
}

export interface PanelPage {
  /** As VS Code knows the panel. */
  readonly viewType: string;
  /** Name of the bundle in dist/webview; its element is "gyrus-" and this name. */
  readonly bundle: string;
  /** On its tab. */
  readonly title: string;
}

/**
 * @template Subject what a panel is about: a MAPS, an experiment file
 * @template Received messages of the view; @template Sent messages to it
 */
export interface PanelKind<Subject, Received, Sent> {
  page(subject: Subject): PanelPage;
  /** A subject that is open already is shown; null: each opening is a panel of its own. */
  key(subject: Subject): string | null;
  /** What a view may send. A view is not trusted more than a stranger. */
  readonly messages: z.ZodType<Received>;
  /** The subject of a panel that a reloaded window brings back, from what its view kept; undefined: it cannot come back. */
  restored(state: unknown, viewType: string): Subject | undefined;
  serve(subject: Subject, panel: PanelHandle<Subject, Sent>): PanelSession<Received>;
}
