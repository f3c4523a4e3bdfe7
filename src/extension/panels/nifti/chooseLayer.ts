/** Which image of the workspace, or of elsewhere, is meant: one that lies over another, or stands beside it. */

import { posix } from "node:path";
import { l10n, type QuickPickItem, ThemeIcon, Uri, window, workspace } from "vscode";
import type { LayerFile } from "../../../../webview/shared/volume/layers/messages";

/** More are not offered; they can be browsed for. */
const MOST_OFFERED = 5_000;

interface LayerItem extends QuickPickItem {
  /** Undefined: browse. */
  readonly uri: Uri | undefined;
}

/** Images beside `image` come first; undefined when the user gave up. */
export async function chooseLayer(image: Uri): Promise<LayerFile | undefined> {
  const uri = await chooseImage(l10n.t("Which image lies over {0}?", nameOf(image)), image);
  return uri === undefined ? undefined : { uri: uri.toString(), name: nameOf(uri), isMap: false };
}

/** @param other an image that is not offered; those of its folder come first */
export async function chooseImage(title: string, other?: Uri): Promise<Uri | undefined> {
  const picked = await window.showQuickPick(offered(other), { title, matchOnDescription: true });
  return picked === undefined ? undefined : (picked.uri ?? (await browse(title, other)));
}

async function offered(other: Uri | undefined): Promise<readonly LayerItem[]> {
  const found = await workspace.findFiles("**/*.{nii,nii.gz}", undefined, MOST_OFFERED);
  const folder = other === undefined ? "" : folderOf(other);
  const items = found
    .filter((uri) => uri.toString() !== other?.toString())
    .sort(
      (a, b) => Number(folderOf(b) === folder) - Number(folderOf(a) === folder) || (a.path < b.path ? -1 : 1),
    )
    .map((uri) => ({
      label: nameOf(uri),
      description: posix.dirname(workspace.asRelativePath(uri)),
      iconPath: ThemeIcon.File,
      uri,
    }));
  const elsewhere = { label: l10n.t("Browse…"), iconPath: new ThemeIcon("folder-opened"), uri: undefined };
  return [...items, elsewhere];
}

async function browse(title: string, image: Uri | undefined): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title,
    ...(image !== undefined && { defaultUri: Uri.joinPath(image, "..") }),
    filters: { NIfTI: ["nii", "nii.gz", "gz", "hdr", "img"] },
  });
  return chosen?.[0];
}

const nameOf = ({ path }: Uri) => posix.basename(path);
const folderOf = ({ path }: Uri) => posix.dirname(path);
