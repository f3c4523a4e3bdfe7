/** Removes the images that trainings keep in the `cache_directory` of an experiment. */
import { l10n } from "vscode";
import { clearDiskCache } from "../../data/nifti/diskCache";
import { readExperiment } from "../../experiment/file/resolve";
import type { Gyrus } from "../gyrus";
import { notify } from "../report";
import { oneExperiment } from "./targets";

export async function clearCache(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const file = await oneExperiment(gyrus, given, l10n.t("Remove kept images"));
  if (file === undefined) return;
  const { experiment } = await readExperiment(file);
  const folder = experiment?.cache_directory ?? null;
  if (folder === null) {
    notify(
      "information",
      l10n.t("The experiment names no folder as `cache_directory` in which images are kept."),
    );
    return;
  }
  const { images, bytes } = await clearDiskCache(folder);
  const size = Math.round(bytes / 1e6);
  notify("information", l10n.t("Kept images removed from {0}: {1} ({2} MB).", folder, images, size));
}
