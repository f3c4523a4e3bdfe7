import { commands, type Disposable, EventEmitter, Uri, workspace } from "vscode";
import { Disposables } from "./disposables";

const scheme = "gyrus-report";
const uri = Uri.from({ scheme, path: "Gyrus.md" });

/** A text of ours in an editor of its own, which nobody has to save. */
export class ReportDocument implements Disposable {
  private readonly parts = new Disposables();
  private readonly changed = this.parts.add(new EventEmitter<Uri>());
  private text = "";

  constructor() {
    this.parts.add(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: () => this.text,
      }),
    );
  }

  /** Shows Markdown as it is meant to be read. */
  async show(markdown: string): Promise<void> {
    this.text = markdown;
    this.changed.fire(uri);
    await commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    this.parts.dispose();
  }
}
