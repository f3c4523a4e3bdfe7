/** Looks for MAPS and experiment files below a folder, without looking into the data. */
import type { Dirent } from "node:fs";
import { basename, join } from "node:path";
import { isExperimentFile } from "../../experiment/file/experimentFileName";
import { entriesOf } from "../../files/reader";
import { mapsPlace } from "./place";

export interface SearchLimits {
  /** Folders that are looked into, at most. */
  readonly folders: number;
  readonly depth: number;
}

export interface FoundExperiments {
  /** Absolute or relative as `root` was, sorted. */
  readonly maps: readonly string[];
  readonly files: readonly string[];
  /** False when a limit was reached before everything was seen. */
  readonly complete: boolean;
}

const LIMITS: SearchLimits = { folders: 50_000, depth: 12 };
/** Folders that are read at the same time. */
const READERS = 16;

/**
 * MAPS folders (a maps.json beside splits, groups or run.json, or what a cluster was given) and `*.experiment.json` files. Does not follow links, nor look into
 * a MAPS, hidden folders, node_modules, the subjects of a CAPS and participants of a BIDS folder. Folders that cannot be read are passed over.
 */
export async function findExperiments(
  root: string,
  limits: SearchLimits = LIMITS,
): Promise<FoundExperiments> {
  const maps: string[] = [];
  const files: string[] = [];
  let level: readonly string[] = [root];
  let seen = 0;
  let cut = false;
  for (let depth = 0; level.length > 0 && depth <= limits.depth && !cut; depth++) {
    const looked = level.slice(0, limits.folders - seen);
    cut = looked.length < level.length;
    seen += looked.length;
    const next: string[] = [];
    await withEach(looked, async (folder) => {
      const entries = await entriesOf(folder);
      if (await isMapsFolder(folder, entries)) {
        maps.push(folder);
        return;
      }
      // One by one: the folder of the people of a CAPS may have more entries than a function takes arguments.
      for (const entry of entries) {
        if (entry.isDirectory()) {
          if (isWorthALook(entry.name)) next.push(join(folder, entry.name));
        } else if (isExperimentFile(entry.name)) files.push(join(folder, entry.name));
      }
    });
    level = next;
  }
  return { maps: maps.sort(), files: files.sort(), complete: !cut && level.length === 0 };
}

async function withEach(folders: readonly string[], look: (folder: string) => Promise<void>): Promise<void> {
  const waiting = folders.values();
  const reader = async () => {
    for (const folder of waiting) await look(folder);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
}

const PLACE = mapsPlace("");
const BESIDE_MAPS_JSON = /^(?:groups|(?:split|fold)-\d+)$/;

/** Whether a folder of these entries is a MAPS. A data group has a maps.json too, but nothing of this beside it. */
function isMaps(entries: readonly Dirent[]): boolean {
  return (
    entries.some(({ name }) => name === basename(PLACE.mapsJson)) &&
    entries.some(
      (entry) =>
        (entry.isDirectory() && BESIDE_MAPS_JSON.test(entry.name)) || entry.name === basename(PLACE.runJson),
    )
  );
}

const SUBMISSION = /^submission-gyrus-[0-9a-f]{32}\.json$/;

/** Whether a folder of these entries is a MAPS, or will be one: a cluster was given it, and its first job makes the rest. */
export async function isMapsFolder(folder: string, entries: readonly Dirent[]): Promise<boolean> {
  return isMaps(entries) || (await isSubmitted(folder, entries));
}

async function isSubmitted(folder: string, entries: readonly Dirent[]): Promise<boolean> {
  const { cluster } = mapsPlace(folder);
  if (!entries.some((entry) => entry.isDirectory() && entry.name === basename(cluster))) return false;
  return (await entriesOf(cluster)).some(({ name }) => SUBMISSION.test(name));
}

function isWorthALook(name: string): boolean {
  return !(name.startsWith(".") || name.startsWith("sub-") || name === "node_modules" || name === "subjects");
}
