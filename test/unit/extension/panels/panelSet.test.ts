import { beforeEach, describe, expect, it, vi } from "vitest";
import { EventEmitter, Uri, type WebviewPanel, window } from "vscode";
import { z } from "zod";
import type { PanelServices } from "../../../../src/extension/panels/panelFrame";
import type { PanelHandle, PanelKind } from "../../../../src/extension/panels/panelKind";
import { PanelSet } from "../../../../src/extension/panels/panelSet";
import { kept, keptFile } from "../../../../src/extension/panels/restoredState";

/** What VS Code gives an extension of a panel. */
class FakePanel {
  title = "";
  visible = true;
  shown = 0;
  readonly posted: unknown[] = [];
  readonly #received = new EventEmitter<unknown>();
  readonly #seen = new EventEmitter<void>();
  readonly #closed = new EventEmitter<void>();
  readonly onDidDispose = this.#closed.event;
  readonly onDidChangeViewState = this.#seen.event;
  #isClosed = false;
  readonly #webview = {
    cspSource: "self",
    options: {},
    html: "",
    asWebviewUri: (uri: Uri) => uri,
    postMessage: (message: unknown) => this.posted.push(message),
    onDidReceiveMessage: this.#received.event,
  };

  constructor(readonly viewType: string) {}

  /** VS Code lets nobody touch the webview of a panel that is closed. */
  get webview() {
    if (this.#isClosed) throw new Error("Webview is disposed");
    return this.#webview;
  }

  send = (message: unknown) => this.#received.fire(message);
  reveal = () => this.shown++;
  dispose = () => {
    this.#isClosed = true;
    this.#closed.fire();
  };
  hide() {
    this.visible = false;
    this.#seen.fire();
  }
}

interface Ask {
  readonly kind: "ask" | "fail";
}
const served: string[] = [];
const kind: PanelKind<string, Ask, string> = {
  page: (path) => ({ viewType: "test.view", bundle: "training", title: `About ${path}` }),
  key: (path) => (path === "many" ? null : path),
  messages: z.object({ kind: z.enum(["ask", "fail"]) }),
  restored: (state) => keptFile(state, "path"),
  serve: (path, panel: PanelHandle<string, string>) => ({
    receive: async (message) => {
      if (message.kind === "fail") throw new Error("no such thing");
      await Promise.resolve();
      panel.post(`answer of ${path}`);
    },
    hidden: () => served.push(`${path} hidden`),
    dispose: () => served.push(`${path} disposed`),
  }),
};

const log = { warn: vi.fn(), error: vi.fn() };
const services = { extensionUri: Uri.file("/gyrus"), log, version: "1" } as unknown as PanelServices;
const created: FakePanel[] = [];
// As in VS Code: a promise, here of a message that nobody answers.
const showErrorMessage = vi.fn(async () => undefined);
const real = (panel: FakePanel) => panel as unknown as WebviewPanel;

beforeEach(() => {
  served.length = 0;
  created.length = 0;
  vi.clearAllMocks();
  Object.assign(window, {
    showErrorMessage,
    createWebviewPanel: (viewType: string) => {
      const panel = new FakePanel(viewType);
      created.push(panel);
      return panel;
    },
  });
});

describe("the panels of a kind", () => {
  it("are one for each subject, which is shown when it is opened again", () => {
    const panels = new PanelSet(kind, services);
    panels.open("a");
    panels.open("b");
    panels.open("a");
    expect(created.map(({ title, shown }) => [title, shown])).toEqual([
      ["About a", 1],
      ["About b", 0],
    ]);
    expect(created[0]!.webview.html).toContain("<gyrus-training>");
    created[0]!.dispose();
    panels.open("a");
    expect(created).toHaveLength(3);
  });

  it("are as many as are opened where subjects have no key", () => {
    const panels = new PanelSet(kind, services);
    panels.open("many");
    panels.open("many");
    expect(created).toHaveLength(2);
  });

  it("answer their view, and go on after what is unknown or fails", async () => {
    const panels = new PanelSet(kind, services);
    panels.open("a");
    const [panel] = created;
    panel!.send({ kind: "unheard of" });
    panel!.send({ kind: "fail" });
    panel!.send({ kind: "ask" });
    await vi.waitFor(() => expect(panel!.posted).toEqual(["answer of a"]));
    expect(log.warn).toHaveBeenCalledTimes(1);
    expect(showErrorMessage).toHaveBeenCalledExactlyOnceWith("About a: no such thing");
  });

  it("tell their session that they are out of sight, and that they are closed", () => {
    const panels = new PanelSet(kind, services);
    panels.open("a");
    created[0]!.hide();
    expect(served).toEqual(["a hidden"]);
    panels.dispose();
    expect(served).toEqual(["a hidden", "a disposed"]);
  });

  it("say nothing more to a view that was closed while they were busy for it", async () => {
    const panels = new PanelSet(kind, services);
    panels.open("a");
    const [panel] = created;
    panel!.send({ kind: "ask" });
    panel!.dispose();
    await new Promise((done) => setTimeout(done));
    expect(panel!.posted).toEqual([]);
    expect(showErrorMessage).not.toHaveBeenCalled();
  });

  it("come back after a reload with what their view kept, or are closed", async () => {
    const panels = new PanelSet(kind, services);
    const [back, lost] = [new FakePanel("test.view"), new FakePanel("test.view")];
    const closed = vi.fn();
    lost.onDidDispose(closed);
    await panels.deserializeWebviewPanel(real(back), { path: "file:///a" });
    await panels.deserializeWebviewPanel(real(lost), { path: 3 });
    expect(closed).toHaveBeenCalledTimes(1);
    expect(back.title).toBe("About /a");
    panels.open("/a");
    expect([back.shown, created.length]).toEqual([1, 0]);
  });
});

describe("what a view kept", () => {
  it.each([null, 7, "text", [], {}])("is nothing in %o", (state) => {
    expect(kept(state, "path")).toBeUndefined();
    expect(keptFile(state, "path")).toBeUndefined();
  });

  it("is the value of its own key", () => {
    expect(kept({ path: ["a"] }, "path")).toEqual(["a"]);
    expect(kept({}, "toString")).toBeUndefined();
  });
});
