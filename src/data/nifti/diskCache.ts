/**
 * Images as they are read, kept in a folder that the experiment names (`cache_directory`): an entry each, named by the settings and by the
 * content of the file that it was made of, so that neither can change unseen. What is damaged is as if it were not there.
 */
import { createHash } from "node:crypto";
import { lstat, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseJsonText } from "../../experiment/file/jsonText";
import { writeAtomically } from "../../files/atomicFile";
import { namesIn, readWhole } from "../../files/reader";
import type { SpaceRule } from "../../space/spaceRule";
import { type ImageInSpace, readImageInSpace } from "./imageInSpace";
import { filesOfImage } from "./niftiPair";

/** Plain data: it travels to the workers. */
export interface DiskCache {
  readonly folder: string;
  /** Most that its entries may take. */
  readonly bytes: number;
}

/** Raised where images come to be computed otherwise, so that none is taken that a former Gyrus has made. */
const MADE = 1;

const ENTRY = /^([0-9a-f]{16})-[0-9a-f]{64}\.voxels$/;
/** Of an entry: the hash of all that follows, then the length of its header, then that, then the voxels. */
const HASH_BYTES = 32;
const BEGINNING = HASH_BYTES + 4;

const triple = z.tuple([z.number(), z.number(), z.number()]);
const headerSchema = z.object({
  grid: z.object({ shape: triple, affine: z.array(z.array(z.number())) }),
  voxelSize: triple,
  behind: z.number(),
  scale: z.object({ slope: z.number(), intercept: z.number() }),
});

const sha256 = (content: Uint8Array | string) => createHash("sha256").update(content).digest();

/** As `readImageInSpace`, from the folder where the image was kept; else it is kept there where there is room. */
export async function readThroughDisk(
  { folder, bytes }: DiskCache,
  file: string,
  space: SpaceRule,
  allocate: (voxels: number) => Float32Array,
): Promise<ImageInSpace> {
  const files = filesOfImage(file).map((one) => readWhole(one, "image"));
  const content = await Promise.all(files).then(
    (read) => sha256(Buffer.concat(read)),
    () => null,
  );
  // Why it cannot be read is told where it is read.
  if (content === null) return await readImageInSpace(file, space, allocate);
  const settings = sha256(JSON.stringify([MADE, ...Object.entries(space).sort()]))
    .toString("hex")
    .slice(0, 16);
  const entry = join(folder, `${settings}-${content.toString("hex")}.voxels`);
  const kept = await readEntry(entry, allocate).catch(() => null);
  if (kept !== null) return kept;
  const image = await readImageInSpace(file, space, allocate);
  const written = entryOf(image);
  // A disk that is full, or a folder that is gone, costs time and nothing else.
  if (await makeRoom(folder, written.byteLength, bytes, settings).catch(() => false))
    await writeAtomically(entry, written, { flush: false }).catch(() => {});
  return image;
}

function entryOf({ grid, values, voxelSize, behind, scale }: ImageInSpace): Uint8Array {
  const header = Buffer.from(JSON.stringify({ grid, voxelSize, behind, scale }));
  const entry = Buffer.alloc(BEGINNING + header.length + values.byteLength);
  entry.writeUInt32LE(header.length, HASH_BYTES);
  header.copy(entry, BEGINNING);
  entry.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), BEGINNING + header.length);
  sha256(entry.subarray(HASH_BYTES)).copy(entry);
  return entry;
}

async function readEntry(
  path: string,
  allocate: (voxels: number) => Float32Array,
): Promise<ImageInSpace | null> {
  const entry = await readWhole(path, "image");
  if (!sha256(entry.subarray(HASH_BYTES)).equals(entry.subarray(0, HASH_BYTES))) return null;
  const start = BEGINNING + entry.readUInt32LE(HASH_BYTES);
  const header = headerSchema.parse(parseJsonText(entry.subarray(BEGINNING, start).toString("utf8")));
  const [nx, ny, nz] = header.grid.shape;
  if (entry.length - start !== nx * ny * nz * Float32Array.BYTES_PER_ELEMENT) return null;
  const values = allocate(nx * ny * nz);
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).set(entry.subarray(start));
  return { ...header, values };
}

interface Entry {
  readonly path: string;
  readonly settings: string;
  readonly bytes: number;
  readonly modified: number;
}

/** The entries of a folder, the oldest first; whatever else stands there is none, a link neither. */
async function entriesIn(folder: string): Promise<readonly Entry[]> {
  const names = await namesIn(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const settings = ENTRY.exec(name)?.[1];
      if (settings === undefined) return [];
      const path = join(folder, name);
      const stats = await lstat(path).catch(() => null);
      if (stats?.isFile() !== true) return [];
      return [{ path, settings, bytes: stats.size, modified: stats.mtimeMs }];
    }),
  );
  return found.flat().sort((a, b) => a.modified - b.modified);
}

/**
 * Entries of other settings go, the oldest first, where there is no room; those of these settings stay: an epoch needs them all, and one that
 * went for another would be made anew in every epoch.
 */
async function makeRoom(folder: string, needed: number, most: number, settings: string): Promise<boolean> {
  const entries = await entriesIn(folder);
  let taken = entries.reduce((sum, { bytes }) => sum + bytes, needed);
  for (const entry of entries) {
    if (taken <= most) break;
    if (entry.settings === settings) continue;
    await rm(entry.path, { force: true });
    taken -= entry.bytes;
  }
  return taken <= most;
}

/** Removes every entry of the folder, and nothing else. */
export async function clearDiskCache(
  folder: string,
): Promise<{ readonly images: number; readonly bytes: number }> {
  const entries = await entriesIn(folder);
  for (const { path } of entries) await rm(path, { force: true });
  return { images: entries.length, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) };
}
