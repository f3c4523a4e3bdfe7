import type { ExtensionContext } from "vscode";
import { findExperiments } from "../../maps/folder/findExperiments";
import type { ExperimentReader } from "./folderExperiments";
import { viewOf } from "./mapsView";

/** Reads experiments from the files of this machine. */
export function experimentReader({ extension }: ExtensionContext): ExperimentReader {
  const ownVersion: string = extension.packageJSON.version;
  return {
    find: (folder) => findExperiments(folder),
    async read(maps) {
      // What checks files is loaded when there is one to read: VS Code waits for nothing that it does not need yet.
      const { readMaps } = await import("../../maps/folder/summary");
      const summary = await readMaps(maps, { ownVersion });
      return summary === null ? null : viewOf(summary);
    },
  };
}
