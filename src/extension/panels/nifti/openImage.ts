/** Opens images in the editor of NIfTI files, with others laid over them. */
import { basename } from "node:path";
import { commands, type Disposable, Uri, ViewColumn } from "vscode";
import type { LayerFile } from "../../../../webview/shared/volume/layers/messages";

/** An editor of an image that is open. */
export interface ImageEditor {
  readonly uri: string;
  isVisible(): boolean;
  addLayers(layers: readonly LayerFile[]): void;
}

/** Layers for editors that are about to open, by the URI of their image. */
const waiting = new Map<string, readonly LayerFile[]>();
const editors = new Set<ImageEditor>();

/** Opens `image`; in an editor that shows it already the layers are added to those that it has. */
export async function openImage(
  image: Uri,
  layers: readonly LayerFile[] = [],
  column = ViewColumn.Active,
): Promise<void> {
  const uri = image.toString();
  if (layers.length > 0) waiting.set(uri, layers);
  await commands.executeCommand("vscode.openWith", image, "gyrus.nifti", column);
  // A new editor has taken them, or will; one that was open already knows nothing of them.
  const open = [...editors].filter((editor) => editor.uri === uri);
  const shown = open.find((editor) => editor.isVisible()) ?? open[0];
  if (shown !== undefined) shown.addLayers(takeLayers(uri));
}

/** A map of where the answers of a network come from. */
export const mapLayer = (file: string): LayerFile => ({
  uri: Uri.file(file).toString(),
  name: basename(file),
  isMap: true,
});

/** An image to be looked at beside another, in step with it. */
export const besideLayer = (image: Uri): LayerFile => ({
  uri: image.toString(),
  name: basename(image.path),
  isMap: false,
  beside: true,
});

/** What an editor that opens now is to lay over its image. */
export function takeLayers(uri: string): readonly LayerFile[] {
  const layers = waiting.get(uri) ?? [];
  waiting.delete(uri);
  return layers;
}

/** Until it is disposed the editor is told of layers for its image. */
export function listEditor(editor: ImageEditor): Disposable {
  editors.add(editor);
  return { dispose: () => editors.delete(editor) };
}
