import { commands, type Disposable, EventEmitter, l10n, Uri, workspace } from "vscode";
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
    const uri = Uri.from({ scheme, path: `/${title.replaceAll("/", "-")}.md` });
    this.#texts.set(uri.path, markdown);
    this.#changed.fire(uri);
    await commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
