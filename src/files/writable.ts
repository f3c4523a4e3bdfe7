import { mkdir, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exists } from "./exists";
import { clearLeftovers } from "./leftovers";
import { holdTemporary, letGoOfTemporary } from "./temporary";

const REFUSALS = ["EACCES", "EPERM", "EROFS", "ENOENT"];

/**
 * The folder, or the nearest one above it that there is, must let itself be written to. It is tried: neither Windows nor a network
 * drive tells it when it is asked.
 * @returns the folder that refuses; null when none does
 */
export async function refusingFolder(folder: string): Promise<string | null> {
  let place = folder;
  while (!(await exists(place)) && place !== dirname(place)) place = dirname(place);
  await clearLeftovers(place);
  const trial = holdTemporary(join(place, "trial"));
  try {
    await mkdir(trial);
    await rmdir(trial);
    return null;
  } catch (error) {
    if (error instanceof Error && "code" in error && REFUSALS.includes(String(error.code))) return place;
    throw error;
  } finally {
    letGoOfTemporary(trial);
  }
}
