import { commands, type Disposable, EventEmitter, l10n, Uri, window, workspace } from "vscode";
import { Disposables } from "./disposables";

const scheme = "gyrus-report";

/** Texts of ours in editors of their own, which nobody has to save. */
export class ReportDocument implements Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<Uri>());
  readonly #texts = new Map<string, string>();

  constructor() {
    this.#parts.add(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: ({ path }) =>
          this.#texts.get(path) ??
          l10n.t("This page went with the window that showed it: run its command again."),
      }),
    );
  }

  /** Shows Markdown as it is meant to be read. `title`: name of the tab, the same for what takes the place of a text. */
  async show(title: string, markdown: string): Promise<void> {
    await commands.executeCommand("markdown.showPreview", this.#keep(`${title}.md`, markdown));
  }

  /** Shows a text that can be read and not changed. `name`: of a file, whose ending tells the language. */
  async showText(name: string, text: string): Promise<void> {
    const document = await workspace.openTextDocument(this.#keep(name, text));
    await window.showTextDocument(document, { preview: true });
  }

  #keep(name: string, text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${name.replaceAll("/", "-")}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
