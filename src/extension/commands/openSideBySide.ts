/** Two images side by side, in step: crosshair and zoom of one are those of the other, at the same place in the head. */
import { posix } from "node:path";
import { l10n, TabInputCustom, Uri, window } from "vscode";
import { chooseImage } from "../panels/nifti/chooseLayer";
import { besideLayer, openImage } from "../panels/nifti/openImage";

/** Of the images that were selected, of the one that is open and another, or of two that are chosen. */
export async function openSideBySide(given: readonly unknown[]): Promise<void> {
  const [first = openOne(), second] = imagesOf(given);
  const one = first ?? (await chooseImage(l10n.t("Which image stands on the left?")));
  if (one === undefined) return;
  const title = l10n.t("Which image stands beside {0}?", posix.basename(one.path));
  const other = second ?? (await chooseImage(title, one));
  if (other !== undefined) await openImage(one, [besideLayer(other)]);
}

/** The explorer gives the file that was clicked, then all that are selected. */
function imagesOf([clicked, selected]: readonly unknown[]): readonly Uri[] {
  const given = Array.isArray(selected) && selected.length > 1 ? selected : [clicked];
  return given.filter((one): one is Uri => one instanceof Uri && /\.nii(\.gz)?$/.test(one.path));
}

function openOne(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && input.viewType === "gyrus.nifti" ? input.uri : undefined;
}
