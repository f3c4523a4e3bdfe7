/** Which image of the workspace, or of elsewhere, lies over another. */

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
  const title = l10n.t("Which image lies over {0}?", nameOf(image));
  const picked = await window.showQuickPick(offered(image), {
    title,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  const uri = picked.uri ?? (await browse(title, image));
  return uri === undefined ? undefined : { uri: uri.toString(), name: nameOf(uri), isMap: false };
}

async function offered(image: Uri): Promise<readonly LayerItem[]> {
  const found = await workspace.findFiles("**/*.{nii,nii.gz}", undefined, MOST_OFFERED);
  const folder = folderOf(image);
  const items = found
    .filter((uri) => uri.toString() !== image.toString())
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

async function browse(title: string, image: Uri): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title,
    defaultUri: Uri.joinPath(image, ".."),
    filters: { NIfTI: ["nii", "nii.gz", "gz"] },
  });
  return chosen?.[0];
}

const nameOf = ({ path }: Uri) => posix.basename(path);
const folderOf = ({ path }: Uri) => posix.dirname(path);
