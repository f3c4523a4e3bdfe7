/** The last step of a set of files that is complete: each takes its place in a folder that was there before. */

import { lstat, mkdir, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeOf } from "../messages/codeOf";
import { readUtf8 } from "./reader";
import { REPLACE_ATTEMPTS, REPLACE_PAUSE, replace } from "./replace";

/** Beside the set, the names that it makes untrue: they go first, so that no old file ever speaks of a new one. */
const OUTDATED = ".outdated.json";

/** To be written while the set is not yet known as whole. */
export async function writeOutdated(set: string, names: readonly string[]): Promise<void> {
  if (names.length > 0) await writeFile(join(set, OUTDATED), JSON.stringify(names), { flush: true });
}

/**
 * Moves what stands in `set` to `folder`, which may be a link (to a larger disk, say), as links within it may not. May be killed and
 * called again, also by another process. Other files of `folder` stay.
 * @throws the error of the file system
 */
export async function takePlaces(set: string, folder: string): Promise<void> {
  await mustBeFolder(set);
  const list = join(set, OUTDATED);
  for (const name of await outdatedOf(list)) {
    const retries = { maxRetries: REPLACE_ATTEMPTS, retryDelay: REPLACE_PAUSE };
    await rm(join(folder, name), { recursive: true, force: true, ...retries });
  }
  await rm(list, { force: true });
  await moveInto(set, await realpath(folder).catch(() => folder));
  await rm(set, { recursive: true, force: true });
}

/** Anybody could have put a list there: what it names stands in the folder itself. */
async function outdatedOf(list: string): Promise<string[]> {
  const text = await readUtf8(list, "json").catch(() => "[]");
  const names = listIn(text);
  return names.filter(
    (name): name is string => typeof name === "string" && name !== ".." && basename(name) === name,
  );
}

/** Of what is no list nothing is taken. */
function listIn(text: string): readonly unknown[] {
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

async function moveInto(from: string, to: string): Promise<void> {
  await mustBeFolder(to).catch(async (error: unknown) => {
    unlessGone(error);
    await mkdir(to, { recursive: true });
  });
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [source, place] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await moveInto(source, place);
    else await replace(source, place).catch(unlessGone);
  }
}

/** Nothing is moved through a link, neither from where it was not written nor to where it was not written for. */
async function mustBeFolder(path: string): Promise<void> {
  if ((await lstat(path)).isDirectory()) return;
  throw Object.assign(new Error(`ENOTDIR: not a directory, ${path}`), { code: "ENOTDIR", path });
}

/** What is not there is made; what another process has moved in the same moment is where it should be. */
function unlessGone(error: unknown): void {
  if (codeOf(error) !== "ENOENT") throw error;
}
