/** The life of panels: opened or shown, filled, brought back after a reload, hidden, closed. One for each kind. */
import { type Disposable, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from "vscode";
import { dress, listen, type PanelServices } from "./panelFrame";
import type { PanelHandle, PanelKind } from "./panelKind";

export class PanelSet<Subject, Received, Sent> implements WebviewPanelSerializer, Disposable {
  readonly #kind: PanelKind<Subject, Received, Sent>;
  readonly #services: PanelServices;
  /** Open panels, with the key of their subject. */
  readonly #panels = new Map<WebviewPanel, string | null>();

  constructor(kind: PanelKind<Subject, Received, Sent>, services: PanelServices) {
    this.#kind = kind;
    this.#services = services;
  }

  /** Shows the panel of a subject, the one that is open already if there is one. */
  open(subject: Subject): void {
    const key = this.#kind.key(subject);
    const [open] = [...this.#panels].find(([, other]) => key !== null && other === key) ?? [];
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const { viewType, title } = this.#kind.page(subject);
    this.#fill(window.createWebviewPanel(viewType, title, ViewColumn.Active), subject);
  }

  /** A window that was reloaded brings its panels back, each when its tab is looked at. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const subject = this.#kind.restored(state, panel.viewType);
    if (subject === undefined) panel.dispose();
    else this.#fill(panel, subject);
  }

  dispose(): void {
    for (const panel of [...this.#panels.keys()]) panel.dispose();
  }

  #fill(panel: WebviewPanel, subject: Subject): void {
    this.#panels.set(panel, this.#kind.key(subject));
    panel.title = this.#kind.page(subject).title;
    panel.onDidDispose(() => this.#panels.delete(panel));
    servePanel(this.#kind, panel, subject, this.#services, (other) => this.open(other));
  }
}

/** Gives a panel its page and serves it until it is closed. `open`: shows another subject of the kind. */
export function servePanel<Subject, Received, Sent>(
  kind: PanelKind<Subject, Received, Sent>,
  panel: WebviewPanel,
  subject: Subject,
  services: PanelServices,
  open: (subject: Subject) => void,
): void {
  const { bundle, title } = kind.page(subject);
  // A session may still be reading when its panel is closed. VS Code throws when a closed panel is touched.
  let closed = false;
  const handle: PanelHandle<Subject, Sent> = {
    services,
    post: (message) => {
      if (!closed) void panel.webview.postMessage(message);
    },
    isVisible: () => !closed && panel.visible,
    open,
  };
  const session = kind.serve(subject, handle);
  const parts = [
    session,
    listen(panel.webview, kind.messages, services, title, (message) => session.receive(message)),
    panel.onDidChangeViewState(() => {
      if (!panel.visible) session.hidden?.();
    }),
  ];
  panel.onDidDispose(() => {
    closed = true;
    for (const part of parts) part.dispose();
  });
  dress(panel.webview, services, { panel: bundle, element: `gyrus-${bundle}`, title });
}
