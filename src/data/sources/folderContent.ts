/** What stands in a folder of images: hidden names left out, links taken for what they lead to. */
import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { unreadable } from "../../experiment/unreadableFile";
import { listFolder, lookAt } from "../../files/reader";
import { codeOf } from "../../messages/codeOf";

export interface FolderContent {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * Names in `folder`, sorted, without hidden ones; links count as what they point to. Empty where there is no such folder; throws an
 * InputError for one that may not be read.
 */
export async function contentOf(folder: string): Promise<FolderContent> {
  const entries = await listFolder(folder).catch(async (error: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return [];
    throw await unreadable(folder, error);
  });
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (!(entry.isSymbolicLink() ? await leadsToFolder(path) : entry.isDirectory())) files.push(entry.name);
    else if (!entry.isSymbolicLink() || !(await leadsBack(path, folder))) folders.push(entry.name);
  }
  return { folders: folders.sort(), files: files.sort() };
}

/** The folders in `folder` whose names begin so. */
export async function foldersStarting(folder: string, prefix: string): Promise<string[]> {
  const { folders } = await contentOf(folder);
  return folders.filter((name) => name.startsWith(prefix));
}

/** Whether a link in `folder` points to that folder or one above it, whose images would be found once more. */
async function leadsBack(link: string, folder: string): Promise<boolean> {
  const [target, here] = await Promise.all([realpath(link), realpath(folder)]);
  return here === target || here.startsWith(`${target}${sep}`);
}

async function leadsToFolder(link: string): Promise<boolean> {
  return (await lookAt(link))?.isDirectory() === true;
}
