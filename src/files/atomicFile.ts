/** Files that are either the old ones or the new ones, whenever the process dies: written beside, flushed, then renamed. */
import { randomBytes } from "node:crypto";
import { copyFile, type FileHandle, link, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nameFile } from "./nameFile";

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
  const temporary = temporaryName(file);
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
    nameFile(error, file);
    throw error;
  }
}

/**
 * Makes `file` a file of the same content as `source`, without writing it again where the file system can: both are names of
 * one content then, which stays as it is, since no file here is ever changed in place.
 */
export async function linkAtomically(source: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = temporaryName(file);
  try {
    await link(source, temporary).catch(() => copyFlushed(source, temporary));
    await replace(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
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

const temporaryName = (file: string) =>
  join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`);

/** The process that writes under a temporary name; null for any other name. */
export function writerOf(name: string): number | null {
  const pid = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/.exec(name)?.[1];
  return pid === undefined ? null : Number(pid);
}

/** Windows refuses to replace a file in the instant that another program (a reader, a virus scanner) has it open. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const busy =
        error instanceof Error &&
        "code" in error &&
        ["EPERM", "EACCES", "EBUSY"].includes(String(error.code));
      if (process.platform !== "win32" || !busy || attempt === REPLACE_ATTEMPTS) throw error;
      await new Promise((done) => setTimeout(done, 20 * attempt));
    }
  }
}

const REPLACE_ATTEMPTS = 8;
