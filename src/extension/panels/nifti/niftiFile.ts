/** Files of images as VS Code knows them: on this machine, or of a file system that an extension brings. */
import { basename } from "node:path";
import { Uri, workspace } from "vscode";
import { filesOfImage } from "../../../data/nifti/niftiPair";
import { fileSource, memorySource } from "../../../data/nifti/niftiSeries";
import { mayAlsoRead } from "../../../files/readingScope";
import type { NiftiFile } from "./readImage";

/** Of an image in one file or two. */
const ENDING = /\.(?:nii|hdr|img)(?:\.gz)?$/i;

/** Names of all regions of an atlas take a few kilobytes. */
const MOST_OF_TABLE = 2 ** 20;

/** What a view remembers is opened again only where it is an image of the workspace. */
export function layerFile(address: string, named: boolean): NiftiFile | null {
  const uri = Uri.parse(address);
  const ofWorkspace = workspace.getWorkspaceFolder(uri) !== undefined && ENDING.test(uri.path);
  return named || ofWorkspace ? fileOf(uri, named) : null;
}

/** `chosen`: by the user, who knows that it is opened. */
export function fileOf(uri: Uri, chosen: boolean): NiftiFile {
  const name = basename(uri.path);
  const local = uri.scheme === "file";
  if (local && chosen) for (const one of filesOfImage(uri.fsPath)) mayAlsoRead(one);
  const open = async (file: Uri) =>
    local ? fileSource(file.fsPath) : memorySource(name, await workspace.fs.readFile(file));
  return {
    uri: uri.toString(),
    name,
    size: async () => {
      const sizes = await Promise.all(filesOfImage(uri.path).map((path) => sizeOf(uri.with({ path }))));
      const known = sizes.filter((size) => size !== null);
      return known.length === 0 ? null : known.reduce((sum, size) => sum + size, 0);
    },
    beside: async (extension) => {
      try {
        const table = uri.with({ path: uri.path.replace(ENDING, "") + extension });
        return (await (await open(table)).beginning(MOST_OF_TABLE)).toString("utf8");
      } catch {
        return null;
      }
    },
    open: () => open(uri),
  };
}

const sizeOf = async (uri: Uri): Promise<number | null> =>
  await workspace.fs.stat(uri).then(
    ({ size }) => size,
    () => null,
  );
