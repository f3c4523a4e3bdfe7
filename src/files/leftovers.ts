/** What killed processes have left in a folder: what is not complete is removed, what is takes its places. Nothing else is touched. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { takePlaces } from "./takePlaces";
import { isAbandoned, temporaryOf } from "./temporary";

const seen = new Set<string>();

/** For who writes into `folder`: looks once a process, and never fails, since what it cannot remove does no harm. */
export async function clearLeftovers(folder: string): Promise<void> {
  if (seen.has(folder)) return;
  seen.add(folder);
  for (const name of await readdir(folder).catch(() => [])) {
    // Names of former versions are not ours alone: they are looked for where they must be ours, in a MAPS.
    if (temporaryOf(name)?.machine == null) continue;
    await clearLeftover(folder, name).catch(() => {});
  }
}

/** Removes or completes what stands under a temporary name in `folder`, if its writer is gone. Leaves any other file. */
export async function clearLeftover(folder: string, name: string): Promise<void> {
  const temporary = temporaryOf(name);
  const path = join(folder, name);
  if (temporary === null || !(await isAbandoned(path, temporary))) return;
  if (temporary.stage === "whole") await takePlaces(path, folder);
  else await rm(path, { recursive: true, force: true });
}
