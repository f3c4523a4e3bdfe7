/** Files that are either the old ones or the new ones, whenever the process dies: written beside, flushed, then renamed. */
import { randomBytes } from "node:crypto";
import { copyFile, type FileHandle, link, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeNonFinite } from "./jsonNumber";
import { isRunning, thisProcess } from "./processIdentity";

export interface WriteOptions {
  /** Wait until the disk has it, so that a power failure cannot leave an empty file: for results, not for a heartbeat. */
  readonly flush?: boolean;
  /** Make the folder when it is not there. Off for what must not bring back a folder that the user has deleted. */
  readonly makeFolder?: boolean;
}

/** Creates or replaces `file` with what `write` writes. */
export async function writeAtomically(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
  { flush = true, makeFolder = true }: WriteOptions = {},
): Promise<void> {
  if (makeFolder) await mkdir(dirname(file), { recursive: true });
  const temporary = temporaryName(file);
  try {
    const handle = await open(temporary, "wx");
    try {
      await write(handle);
      if (flush) await handle.sync();
    } finally {
      await handle.close();
    }
    await replace(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function writeTextAtomically(file: string, text: string): Promise<void> {
  await writeAtomically(file, (handle) => handle.writeFile(text));
}

/**
 * JSON as Python's `json.dump(indent=4)` writes it: non-ASCII characters escaped, so that it reads the same whatever encoding
 * the reader's system assumes. Numbers that JSON has not are written as text.
 */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, writeNonFinite, 4).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export async function writeJson(file: string, value: unknown, options: WriteOptions = {}): Promise<void> {
  await writeAtomically(file, (handle) => handle.writeFile(formatJson(value)), options);
}

/**
 * Makes `file` a file of the same content as `source`, without writing it again where the file system can: both are names of
 * one content then, which stays as it is, since no file here is ever changed in place.
 */
export async function linkAtomically(source: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = temporaryName(file);
  try {
    await link(source, temporary).catch(() => copyFile(source, temporary));
    await replace(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const temporaryName = (file: string) =>
  join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`);

/** Names as `temporaryName` makes them, with the process that writes. */
const TEMPORARY_NAME = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/;

/** Removes below `folder` what a killed process was writing. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const pid = TEMPORARY_NAME.exec(entry.name)?.[1];
    if (pid === undefined || !entry.isFile()) continue;
    const writer = { ...thisProcess(), pid: Number(pid), processStart: null };
    if (writer.pid !== process.pid && isRunning(writer)) continue;
    await rm(join(entry.parentPath, entry.name), { force: true });
  }
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
