import { dirname } from "node:path";
import type { ExtensionContext } from "vscode";
import { findExperiments } from "../../maps/folder/findExperiments";
import type { ReadCluster } from "../cluster/readCluster";
import type { ExperimentReader } from "./folderExperiments";
import type { FolderNotes } from "./folderNotes";
import { viewOf } from "./mapsView";

/** Reads experiments from the files of this machine. */
export function experimentReader(
  { extension }: ExtensionContext,
  readCluster: ReadCluster,
): ExperimentReader {
  let notes: FolderNotes | undefined;
  const ownVersion: string = extension.packageJSON.version;
  return {
    find: (folder) => findExperiments(folder),
    async read(maps) {
      // What checks files is loaded when there is one to read: VS Code waits for nothing that it does not need yet.
      const { readMaps } = await import("../../maps/folder/summary");
      notes ??= new (await import("./folderNotes")).FolderNotes();
      const [summary] = await Promise.all([readMaps(maps, { ownVersion }), notes.look([dirname(maps)])]);
      return summary === null ? null : viewOf(summary, notes.of(maps), await readCluster(summary));
    },
  };
}
