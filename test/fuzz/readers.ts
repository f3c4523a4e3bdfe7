/**
 * Every reader of the program, by name: what reads a file, or what another program says, stands here, or in UNREAD with the reason. A
 * source that reads and is in neither fails the test.
 */
import type { Reader } from "./reader";
import { clusterReaders } from "./readers/cluster";
import { experimentReaders } from "./readers/experiments";
import { imageReaders } from "./readers/images";
import { mapsReaders } from "./readers/maps";
import { messageReaders } from "./readers/messages";
import { tableReaders } from "./readers/tables";
import { weightReaders } from "./readers/weights";

export const READERS: Readonly<Record<string, Reader>> = {
  ...imageReaders,
  ...tableReaders,
  ...experimentReaders,
  ...mapsReaders,
  ...weightReaders,
  ...messageReaders,
  ...clusterReaders,
};

/** Sources that read or parse something, and why that is no reading of a stranger's file. */
export const UNREAD: Readonly<Record<string, string>> = {
  "src/cli/terminal/language.ts": "reads the words of the program, which come with it",
  "src/experiment/problems/keptProblem.ts": "parses what this program has just written itself",
  "src/engine/askedProgram.ts":
    "hears a process of this program, in which a library or a driver runs that the user has chosen",
  "src/engine/webgpu/device/probe.ts": "reads the words with which this program has started it",
  "src/data/splits/writeSplits.ts": "takes the hash of the bytes, and nothing else from them",
  "src/extension/commands/newExperiment/makeSplits.ts":
    "gives the text of an editor to the parser and the check of experiment files, which are tried as such",
  "src/files/reader.ts": "is the door through which all others read",
  "src/maps/units/processes/linuxProcesses.ts": "reads /proc, which is the system's",
  "src/training/results/resultsFolder.ts": "compares and copies the bytes, and takes nothing from them",
};
