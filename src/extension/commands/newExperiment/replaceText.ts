import { Range, type TextDocument, WorkspaceEdit, workspace } from "vscode";

/** Gives a document another text, which the user can undo and saves himself. */
export async function replaceText(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const all = new Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(document.uri, all, text);
  await workspace.applyEdit(edit);
}
