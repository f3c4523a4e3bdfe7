/** Files that are either the old ones or the new ones, whenever the process dies: written beside, flushed, then renamed. */
import { copyFile, type FileHandle, link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { clearLeftovers } from "./leftovers";
import { nameFile } from "./nameFile";
import { replace } from "./replace";
import { holdTemporary, letGoOfTemporary } from "./temporary";

export interface WriteOptions {
  /** Wait until the disk has it, so that a power failure cannot leave an empty file: for results, not for a heartbeat. */
  readonly flush?: boolean;
  /** Make the folder when it is not there. Off for what must not bring back a folder that the user has deleted. */
  readonly makeFolder?: boolean;
}

/** Creates or replaces `file`. @param content all of it, or what writes it piece by piece */
export async function writeAtomically(
  file: string,
  content: string | Uint8Array | ((handle: FileHandle) => Promise<void>),
  { flush = true, makeFolder = true }: WriteOptions = {},
): Promise<void> {
  if (makeFolder) await mkdir(dirname(file), { recursive: true });
  await clearLeftovers(dirname(file));
  const temporary = holdTemporary(file);
  try {
    const handle = await open(temporary, "wx");
    try {
      if (typeof content === "function") await content(handle);
      else await handle.writeFile(content);
      if (flush) await handle.sync();
    } finally {
      await handle.close();
    }
    await replace(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    nameFile(error, file, temporary);
    throw error;
  } finally {
    letGoOfTemporary(temporary);
  }
}

/**
 * Makes `file` a file of the same content as `source`, without writing it again where the file system can: both are names of
 * one content then, which stays as it is, since no file here is ever changed in place.
 */
export async function linkAtomically(source: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await clearLeftovers(dirname(file));
  const temporary = holdTemporary(file);
  try {
    await link(source, temporary).catch(() => copyFlushed(source, temporary));
    await replace(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    nameFile(error, file, temporary);
    throw error;
  } finally {
    letGoOfTemporary(temporary);
  }
}

async function copyFlushed(source: string, file: string): Promise<void> {
  await copyFile(source, file);
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
