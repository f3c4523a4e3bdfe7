/**
 * The editor of NIfTI images in one file or two (`.nii`, `.hdr` and `.img`): looks and never writes, so it also opens in workspaces that
 * are not trusted.
 */
import { basename } from "node:path";
import { type Disposable, RelativePattern, Uri, workspace } from "vscode";
import type { FromNifti, ToNifti } from "../../../../webview/nifti/messages";
import { niftiStrings } from "../../../../webview/nifti/strings";
import { volumeStrings } from "../../../../webview/shared/volume/strings";
import { fileGlob } from "../fileGlob";
import type { PanelKind } from "../panelKind";
import { translations } from "../panelTexts";
import { saveFile } from "../saveFile";
import { chooseLayer } from "./chooseLayer";
import { fileOf, layerFile } from "./niftiFile";
import { fromNiftiSchema } from "./niftiMessages";
import { NiftiSession } from "./niftiSession";
import { listEditor, takeLayers } from "./openImage";

/** A program that writes a file touches it many times. */
const SETTLED = 400;

/** Its subject: the URI of the file. VS Code opens, keeps and restores the panels of its editors itself. */
export const niftiPanel: PanelKind<Uri, FromNifti, ToNifti> = {
  page: (uri) => ({ viewType: "gyrus.nifti", bundle: "nifti", title: basename(uri.path) }),
  key: (uri) => uri.toString(),
  messages: fromNiftiSchema,
  restored: () => undefined,
  serve: (uri, { post, isVisible }) => {
    const texts = translations(volumeStrings, niftiStrings);
    const session = new NiftiSession(fileOf(uri, true), texts, post, {
      choose: () => chooseLayer(uri),
      open: layerFile,
    });
    const parts = [
      listEditor({
        uri: uri.toString(),
        isVisible,
        addLayers: (layers) => session.addLayers(layers),
      }),
      watch(uri, () => {
        if (isVisible()) void session.reload();
      }),
    ];
    session.addLayers(takeLayers(uri.toString()));
    return {
      receive: (message) =>
        message.kind === "save"
          ? saveFile(Uri.joinPath(uri, ".."), message.name, message.content)
          : session.receive(message),
      hidden: () => session.hidden(),
      dispose() {
        for (const part of parts) part.dispose();
      },
    };
  },
};

/** Calls back when the file was written again and has been left alone for a moment. */
function watch(uri: Uri, changed: () => void): Disposable {
  const pattern = new RelativePattern(Uri.joinPath(uri, ".."), fileGlob(basename(uri.path)));
  const watcher = workspace.createFileSystemWatcher(pattern);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, SETTLED);
  };
  const parts = [watcher, watcher.onDidChange(later), watcher.onDidCreate(later)];
  return {
    dispose() {
      clearTimeout(waiting);
      for (const part of parts) part.dispose();
    },
  };
}
