/** The editor of `.nii` and `.nii.gz` files: looks and never writes, so it also opens in workspaces that are not trusted. */
import { basename } from "node:path";
import { type Disposable, RelativePattern, Uri, type WebviewPanel, workspace } from "vscode";
import type { ToNifti } from "../../../../webview/nifti/messages";
import { niftiStrings } from "../../../../webview/nifti/strings";
import { volumeStrings } from "../../../../webview/shared/volume/strings";
import { fileSource, memorySource } from "../../../data/nifti/niftiSeries";
import { fileGlob } from "../fileGlob";
import { dress, listen, type PanelServices } from "../panelFrame";
import { translations } from "../panelTexts";
import { tellFailure } from "../tellFailure";
import { fromNiftiSchema } from "./niftiMessages";
import { type NiftiFile, NiftiSession } from "./niftiSession";

/** A program that writes a file touches it many times. */
const SETTLED = 400;

export class NiftiEditors {
  readonly #services: PanelServices;

  constructor(services: PanelServices) {
    this.#services = services;
  }

  fill(uri: Uri, panel: WebviewPanel): void {
    const name = basename(uri.path);
    const post = (message: ToNifti) => void panel.webview.postMessage(message);
    const session = new NiftiSession(fileOf(uri, name), translations(volumeStrings, niftiStrings), post);
    const parts = [
      listen(
        panel.webview,
        fromNiftiSchema,
        this.#services,
        (message) => session.receive(message),
        (error) => tellFailure(name, error),
      ),
      watch(uri, () => {
        if (panel.visible) void session.reload();
      }),
    ];
    panel.onDidDispose(() => {
      for (const part of parts) part.dispose();
    });
    dress(panel.webview, this.#services, { panel: "nifti", element: "gyrus-nifti", title: name });
  }
}

function fileOf(uri: Uri, name: string): NiftiFile {
  const local = uri.scheme === "file";
  return {
    uri: uri.toString(),
    name,
    size: async () => {
      try {
        return (await workspace.fs.stat(uri)).size;
      } catch {
        return null;
      }
    },
    open: async () => (local ? fileSource(uri.fsPath) : memorySource(name, await workspace.fs.readFile(uri))),
  };
}

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
