/**
 * The one door through which files of others are opened. What a table, an experiment or a link names may be anything: a device that
 * never ends, a pipe that nobody writes to, the terminal. Only files with content of their own are opened, without waiting, and no
 * more of them is taken into memory than their kind can need.
 */
import { close, constants, type Dirent, fstat, open, read, readdir, type Stats, stat } from "node:fs";
import { type FileHandle, open as openHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { mayRead } from "./readingScope";

/** Most bytes of a file that is read whole, by what it is: far more than any honest one has. */
export const MOST_BYTES = {
  /** Experiments, maps.json, records, preprocessing, the facts beside an image. */
  json: 10_000_000,
  /** Labels, splits, predictions: ten million rows. */
  table: 500_000_000,
  /** Planes of reconstructions that are kept at one epoch: their bound and the line before them. */
  planes: 65_000_000,
  /** An image as it is stored, compressed or not: what one buffer holds. */
  image: 4_000_000_000,
} as const;

export type FileKind = keyof typeof MOST_BYTES;

/** Why a file was not read though the system would have let it be. */
export type Refusal =
  | { readonly why: "not-regular"; readonly what: "device" | "pipe" | "socket" }
  | { readonly why: "too-large"; readonly most: number }
  | { readonly why: "outside" }
  | { readonly why: "share" };

export class FileRefusal extends Error {
  override readonly name = "FileRefusal";

  constructor(
    readonly path: string,
    readonly refusal: Refusal,
  ) {
    super(`${path} is not read: ${refusal.why}`);
  }
}

// A pipe without a writer is opened at once, and a terminal does not become that of this process. Windows has neither flag.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

const openFile = promisify(open);
const closeFile = promisify(close);
const statPath = promisify(stat);
const statFile = promisify(fstat);
const readPart = promisify(read);

/** Opens a file to read it piece by piece. Rejects as `open` does, with EISDIR for a folder, and with a FileRefusal. */
export async function openToRead(path: string): Promise<FileHandle> {
  await admit(path);
  const handle = await openHandle(path, FLAGS);
  try {
    mustBeFile(path, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export interface OpenedFile {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Bytes from `start`; fewer than `length` where the file ends before. */
  readonly read: (start: number, length: number) => Promise<Buffer>;
}

/**
 * Opens `path`, gives it to `action` and closes it; rejects as `openToRead`. Through the callbacks of node:fs: that takes half the
 * time of node:fs/promises, and a tree reads thousands of small files.
 */
export async function withFile<Result>(
  path: string,
  action: (file: OpenedFile) => Promise<Result>,
): Promise<Result> {
  await admit(path);
  const descriptor = await openFile(path, FLAGS);
  try {
    const found = await statFile(descriptor);
    mustBeFile(path, found);
    const readFrom = async (start: number, length: number) => {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await readPart(descriptor, buffer, 0, length, start);
      return buffer.subarray(0, bytesRead);
    };
    return await action({ size: found.size, modified: found.mtimeMs, read: readFrom });
  } finally {
    await closeFile(descriptor);
  }
}

/** The whole of a file. Rejects as `openToRead`, and for one that is larger than its kind can be, however it grows meanwhile. */
export async function readWhole(path: string, kind: FileKind): Promise<Buffer> {
  const most = MOST_BYTES[kind];
  return await withFile(path, async ({ size, read: readFrom }) => {
    const parts: Buffer[] = [];
    let length = 0;
    if (size > most) throw new FileRefusal(path, { why: "too-large", most });
    for (;;) {
      // One more than it has, to see that this is its end. Files of /proc say that they have no byte, and tell it page by page.
      const wanted = size > 0 ? Math.min(Math.max(size - length, 0) + 1, LARGEST_READ) : PAGE;
      const part = await readFrom(length, wanted);
      parts.push(part);
      length += part.length;
      if (length > most) throw new FileRefusal(path, { why: "too-large", most });
      // A system may give less than it has: Linux never more than 2 GiB at once.
      if (part.length === 0 || (size > 0 && length >= size && part.length < wanted)) break;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  });
}

const PAGE = 65_536;
/** Node refuses to read more at once. */
const LARGEST_READ = 2 ** 31 - 1;

/** The whole of a text in UTF-8; rejects as `readWhole`. */
export async function readUtf8(path: string, kind: FileKind): Promise<string> {
  return (await readWhole(path, kind)).toString("utf8");
}

/** What stands in a folder. Rejects as `readdir` does, and with a FileRefusal. */
export async function listFolder(folder: string): Promise<Dirent[]> {
  await mustBeReadable(folder);
  return await new Promise((done, failed) => {
    readdir(folder, { withFileTypes: true }, (error, entries) =>
      error === null ? done(entries) : failed(error),
    );
  });
}

/** The names in a folder; rejects as `listFolder`. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await listFolder(folder)).map(({ name }) => name);
}

/** Entries of a folder; none when it cannot be read. */
export async function entriesOf(folder: string): Promise<Dirent[]> {
  return await listFolder(folder).catch(() => []);
}

/** The folders among them. What is being written stands in hidden ones, and is none of them yet. */
export function folderNames(entries: readonly Dirent[]): string[] {
  return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith(".") ? [entry.name] : []));
}

/** What a path leads to, links followed; null where that is nothing, or may not be looked at. */
export async function lookAt(path: string): Promise<Stats | null> {
  try {
    await mustBeReadable(path);
    return await statPath(path);
  } catch {
    return null;
  }
}

async function mustBeReadable(path: string): Promise<void> {
  const refused = await mayRead(path);
  if (refused !== null) throw new FileRefusal(path, { why: refused });
}

/** Before a file is opened: opening is already an act for some devices, and for whoever waits at the other end of a pipe. */
async function admit(path: string): Promise<void> {
  await mustBeReadable(path);
  mustBeFile(path, await statPath(path));
}

function mustBeFile(path: string, found: Stats): void {
  if (found.isFile()) return;
  if (found.isDirectory()) {
    throw Object.assign(new Error(`EISDIR: illegal operation on a directory, read '${path}'`), {
      code: "EISDIR",
      syscall: "read",
      path,
    });
  }
  const what = found.isFIFO() ? "pipe" : found.isSocket() ? "socket" : "device";
  throw new FileRefusal(path, { why: "not-regular", what });
}
