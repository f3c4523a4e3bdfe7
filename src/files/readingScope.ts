/**
 * Where this process may read. A window whose folders the user does not trust shows their files, and these may name any path: there
 * nothing is looked at outside of the folders, links included, and no share of another machine, which would be told who asks.
 */
import { lstat, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";

interface Scope {
  /** Absolute, each as it is called and as it is without links. */
  readonly roots: Promise<readonly string[]>;
  readonly onRefused: (path: string) => void;
}

/** One for the process: what it may read does not depend on which of its parts asks. Null: anything. */
let scope: Scope | null = null;

/** Files that the user has chosen himself, wherever they stand: he knows that they are opened. */
const chosen = new Set<string>();

/**
 * From now on nothing outside of `folders` is read by the functions of reader.ts; null lifts that.
 * @param onRefused told of each path that was not looked at
 */
export function readOnlyWithin(folders: readonly string[] | null, onRefused = (_path: string) => {}): void {
  scope = folders === null ? null : { roots: rootsOf(folders), onRefused };
}

/** Lets a file be read that the user has opened by its name. */
export function mayAlsoRead(file: string): void {
  chosen.add(resolve(file));
}

async function rootsOf(folders: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  return [...new Set([...folders.map((folder) => resolve(folder)), ...real])];
}

/** Null where `path` may be looked at; else why not. Never touches what it refuses. */
export async function mayRead(path: string): Promise<"outside" | "share" | null> {
  if (scope === null || chosen.has(resolve(path))) return null;
  const { roots, onRefused } = scope;
  if (await leadsWithin(path, await roots)) return null;
  onRefused(path);
  return isShare(path) ? "share" : "outside";
}

/** `\\server\share`, however its slashes lean: Windows would send the user's name and proof of password there. */
export const isShare = (path: string): boolean => /^[\\/]{2}[^\\/]/.test(path);

/** Links can lead in circles; as many as Linux follows. */
const MOST_LINKS = 40;

/** Follows `path` one name after the other, and no link that leads out of `roots`. */
async function leadsWithin(path: string, roots: readonly string[]): Promise<boolean> {
  let links = 0;
  const rootOf = (place: string) => roots.find((root) => isWithin(place, root));
  let left = resolve(path);
  let done = rootOf(left);
  while (done !== undefined) {
    const next = namesOf(left.slice(done.length))[0];
    if (next === undefined) return true;
    const step: string = join(done, next);
    const target = await readlink(step).catch(() => null);
    if (target === null) {
      // Behind a name that is not there nothing can be.
      if (await isAbsent(step)) return true;
      done = step;
      continue;
    }
    if (++links > MOST_LINKS || isShare(target)) return false;
    const place = isAbsolute(target) ? target : resolve(dirname(step), target);
    left = resolve(place, `.${sep}${left.slice(step.length)}`);
    done = rootOf(left);
  }
  return false;
}

function isWithin(place: string, root: string): boolean {
  if (sameCase(place.slice(0, root.length)) !== sameCase(root)) return false;
  return place.length === root.length || root.endsWith(sep) || place[root.length] === sep;
}

/** The drives of Windows have two spellings, its folders many. */
const sameCase = (path: string) => (process.platform === "win32" ? path.toLowerCase() : path);

const namesOf = (path: string) => path.split(sep).filter((name) => name !== "");

async function isAbsent(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => false,
    () => true,
  );
}
