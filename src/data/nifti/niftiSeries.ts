/**
 * Reads one volume of a NIfTI image as it is stored, for viewers: any number of volumes, the type and the order of the file,
 * from a path or from bytes. Only the wanted volume is ever in memory.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { InputError } from "../../experiment/problems/problem";
import { unreadable } from "../../experiment/unreadableFile";
import { openToRead } from "../../files/reader";
import { codeOf } from "../../messages/codeOf";
import type { VoxelArray } from "../../space/voxelArray";
import { BEGINNING, brokenGzip, gunzipBeginning, isGzip, isNearlyEmpty } from "./gzip";
import { storedVoxels } from "./nifti";
import {
  type NiftiHeader,
  type NiftiSeries,
  parseNiftiSeries,
  tooEmpty,
  tooLarge,
  truncatedVoxels,
  voxelBytes,
} from "./niftiHeader";
import { pairBeside } from "./niftiPair";

/** Where the bytes of an image come from: a file of this machine, or what a virtual file system gave. */
export interface ByteSource {
  /** Path or address, for messages. */
  readonly name: string;
  /** The first `length` bytes; fewer when the file is shorter. */
  beginning(length: number): Promise<Buffer>;
  /** The bytes from `start` on. */
  stream(start: number): Promise<Readable>;
}

/** Of a pair, by the name of one of its two files, the beginning is the header, and what is streamed the voxels. */
export function fileSource(path: string): ByteSource {
  const pair = async () => (await pairBeside(path)) ?? { header: path, voxels: path };
  return {
    name: path,
    async beginning(length) {
      const handle = await openToRead((await pair()).header);
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    // The stream closes its file.
    stream: async (start) =>
      (await openToRead((await pair()).voxels)).createReadStream({ start, highWaterMark: 2 ** 18 }),
  };
}

export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    name,
    beginning: async (length) => content.subarray(0, length),
    stream: async (start) => Readable.from([content.subarray(start)], { objectMode: false }),
  };
}

/** Who waits for a volume. */
export interface Waiting {
  /** Aborts when nobody waits any more: the reading stops, its file is closed, and the reason is thrown. */
  readonly signal: AbortSignal;
  /** Told, chunk by chunk, which share of the bytes has been read (0 to 1); of packed files those before the volume count too. */
  read(share: number): void;
}

/** Reads the header alone. Throws an InputError: unreadable, broken gzip, not a NIfTI, a type without numbers. */
export async function readNiftiSeries(source: ByteSource): Promise<NiftiSeries> {
  const bytes = await beginningOf(source);
  return parseNiftiSeries(source.name, isGzip(bytes) ? gunzipBeginning(source.name, bytes) : bytes);
}

/** So many bytes are unpacked of a series that is nearly empty: its volumes lie one after the other, and all before one are unpacked. */
const MOST_OF_EMPTY = 2 ** 28;

/**
 * The stored values of volume `index` (from 0) of `series`, x fastest, without slope and intercept; 64-bit integers as float64.
 * Throws an InputError when the file is truncated, corrupt or unreadable, or its header tells of more than there is memory for.
 */
export async function readStoredVolume(
  source: ByteSource,
  series: NiftiSeries,
  index: number,
  waiting?: Waiting,
): Promise<VoxelArray> {
  if (series.channels !== null) return brightnessOf(await readColours(source, series, index, waiting));
  const bytes = await readBytes(source, series, index, waiting);
  return storedVoxels({ ...series.header, voxelOffset: 0 }, bytes);
}

/**
 * The colours of volume `index` (from 0) of a series of colours: red, green, blue and opacity of each voxel, x fastest. Throws as
 * `readStoredVolume` does.
 */
export async function readColours(
  source: ByteSource,
  series: NiftiSeries,
  index: number,
  waiting?: Waiting,
): Promise<Uint8Array> {
  const bytes = await readBytes(source, series, index, waiting);
  if (series.channels === 4) return new Uint8Array(bytes);
  const colours = new Uint8Array((bytes.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    colours[to] = bytes[from]!;
    colours[to + 1] = bytes[from + 1]!;
    colours[to + 2] = bytes[from + 2]!;
  }
  return colours;
}

/** How bright each voxel of `readColours` is (ITU-R BT.601), 0 to 255. */
export function brightnessOf(colours: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: colours.length / 4 }, (_, voxel) =>
    Math.round(
      0.299 * colours[4 * voxel]! + 0.587 * colours[4 * voxel + 1]! + 0.114 * colours[4 * voxel + 2]!,
    ),
  );
}

async function readBytes(
  source: ByteSource,
  { header, channels }: NiftiSeries,
  index: number,
  waiting?: Waiting,
): Promise<Buffer> {
  waiting?.signal.throwIfAborted();
  const length = voxelBytes(header) * (channels ?? 1);
  const start = header.voxelOffset + index * length;
  const compressed = isGzip(await beginningOf(source));
  const section = new Section(compressed ? start : 0, memoryFor(header, length));
  const gunzip = createGunzip();
  const wanted = compressed ? start + length : length;
  let content = 0;
  const collect = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      content += chunk.length;
      if (compressed && content > MOST_OF_EMPTY && isNearlyEmpty(content, gunzip.bytesWritten))
        throw tooEmpty(header, content, gunzip.bytesWritten);
      waiting?.read(Math.min(1, content / wanted));
      if (section.take(chunk)) return;
    }
  };
  try {
    const options = waiting === undefined ? {} : { signal: waiting.signal };
    if (compressed) await pipeline(await source.stream(0), gunzip, collect, options);
    else await pipeline(await source.stream(start), collect, options);
  } catch (error) {
    waiting?.signal.throwIfAborted();
    if (error instanceof InputError) throw error;
    // Streams that are left before their end call that an error.
    if (!section.complete) {
      throw isZlibError(error) ? brokenGzip(source.name, error) : await unreadable(source.name, error);
    }
  }
  if (!section.complete) throw truncatedVoxels(header, section.received);
  return section.bytes;
}

async function beginningOf(source: ByteSource): Promise<Buffer> {
  try {
    return await source.beginning(BEGINNING);
  } catch (error) {
    throw await unreadable(source.name, error);
  }
}

const isZlibError = (error: unknown) => codeOf(error)?.startsWith("Z_") ?? false;

function memoryFor(header: NiftiHeader, length: number): Buffer {
  try {
    return Buffer.from(new ArrayBuffer(length));
  } catch {
    throw tooLarge(header);
  }
}

/** Fills `bytes` with what follows the first `start` bytes of the chunks that it is given one after the other. */
class Section {
  received = 0;
  #skip: number;

  constructor(
    start: number,
    readonly bytes: Buffer,
  ) {
    this.#skip = start;
  }

  get complete(): boolean {
    return this.received === this.bytes.length;
  }

  /** True when nothing more is wanted. */
  take(chunk: Buffer): boolean {
    const from = Math.min(this.#skip, chunk.length);
    this.#skip -= from;
    this.received += chunk.copy(this.bytes, this.received, from);
    return this.complete;
  }
}
