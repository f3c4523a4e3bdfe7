/** Gzip as the program gzip reads it (RFC 1952): one member after the other, and what follows the last one is ignored. */

import { promisify } from "node:util";
import { constants, crc32, gunzip, inflateRaw, inflateRawSync } from "node:zlib";
import { refuse } from "../../experiment/problems/makeProblem";
import type { InputError } from "../../experiment/problems/problem";
import { codeOf } from "../../messages/codeOf";
import { reasonOf } from "../../messages/reasonOf";

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What a file unpacks to. */
export interface Unpacked {
  readonly bytes: Buffer;
  /** Bytes after the end of the gzip data, zeros aside, which archives pad with. */
  readonly behind: number;
}

/** More than a header of NIfTI needs, even where gzip's own fields come first. */
export const BEGINNING = 16384;

/** The first content of a gzip file, of which `compressed` is the beginning at least. Throws an InputError. */
export function gunzipBeginning(file: string, compressed: Buffer): Buffer {
  const beginning = compressed.subarray(0, BEGINNING);
  const parts: Buffer[] = [];
  let [start, length] = [0, 0];
  try {
    while (isGzip(beginning.subarray(start)) && length < BEGINNING) {
      const from = start + headerLength(beginning, start);
      const { buffer, engine } = inflated(
        inflateRawSync(beginning.subarray(from), { info: true, finishFlush: constants.Z_SYNC_FLUSH }),
      );
      parts.push(buffer);
      length += buffer.length;
      start = from + engine.bytesWritten + TRAILER;
    }
  } catch (error) {
    if (length === 0) throw brokenGzip(file, error);
  }
  if (length === 0) throw refuse("nifti.gzip-cut-off", { file });
  return Buffer.concat(parts);
}

export interface Room {
  /** Bytes that are expected, which is as much memory as is taken at once. */
  readonly expected: number;
  /** More is refused. */
  readonly most: number;
}

const gunzipBuffer = promisify(gunzip);
const inflateBuffer = promisify(inflateRaw);

/** The content of a gzip file. Throws an InputError for data that is cut off or corrupt, or larger than there is room for. */
export async function gunzipFile(file: string, raw: Buffer, { expected, most }: Room): Promise<Unpacked> {
  const options = {
    chunkSize: Math.min(Math.max(expected + 64, LEAST_CHUNK), 2 ** 31 - 1),
    maxOutputLength: most,
  };
  try {
    const { buffer, engine } = inflated(await gunzipBuffer(raw, { ...options, info: true }));
    // Node stops at zeros without a word, whatever comes after them.
    return { bytes: buffer, behind: behindOf(raw, engine.bytesWritten) };
  } catch (error) {
    // Node takes what follows the data for a member of it: read again, member by member.
    return await gunzipMembers(raw, options).catch(() => {
      throw brokenGzip(file, error);
    });
  }
}

const LEAST_CHUNK = 2 ** 16;

async function gunzipMembers(
  raw: Buffer,
  options: { readonly chunkSize: number; readonly maxOutputLength: number },
): Promise<Unpacked> {
  const parts: Buffer[] = [];
  let [start, left] = [0, options.maxOutputLength];
  while (isGzip(raw.subarray(start))) {
    const from = start + headerLength(raw, start);
    const { buffer, engine } = inflated(
      await inflateBuffer(raw.subarray(from), { ...options, maxOutputLength: left, info: true }),
    );
    const trailer = from + engine.bytesWritten;
    const [checksum, length] = [raw.readUInt32LE(trailer), raw.readUInt32LE(trailer + 4)];
    if (crc32(buffer) !== checksum || buffer.length % 2 ** 32 !== length)
      throw new RangeError("incorrect data check");
    parts.push(buffer);
    left -= buffer.length;
    start = trailer + TRAILER;
  }
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  return { bytes, behind: behindOf(raw, start) };
}

/** Bytes from the end of the data on; none where they are zeros, which archives pad with. */
const behindOf = (raw: Buffer, end: number): number =>
  raw.subarray(end).some((byte) => byte !== 0) ? raw.length - end : 0;

/** Images of scanners are compressed two to ten times, masks of them up to a hundred. */
const MOST_COMPRESSED = 200;

/** Whether nearly all of the content must be zeros, as in files made to fill the memory of whoever reads them. Both in bytes. */
export const isNearlyEmpty = (content: number, compressed: number): boolean =>
  content > compressed * MOST_COMPRESSED;

/** The checksum and the length of a member. */
const TRAILER = 8;

const FLAG = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;

/** Bytes of the header of the member that begins at `start`. */
function headerLength(bytes: Buffer, start: number): number {
  const flags = bytes.readUInt8(start + 3);
  let end = start + 10;
  if (flags & FLAG.extra) end += 2 + bytes.readUInt16LE(end);
  for (const text of [FLAG.name, FLAG.comment]) {
    if (!(flags & text)) continue;
    const zero = bytes.indexOf(0, end);
    if (zero < 0) throw new RangeError("unexpected end of file");
    end = zero + 1;
  }
  if (flags & FLAG.headerChecksum) end += 2;
  return end - start;
}

interface Inflated {
  readonly buffer: Buffer;
  /** Counts the bytes that were read. */
  readonly engine: { readonly bytesWritten: number };
}

/** With `info` zlib answers with its engine, of which its types do not know. */
function inflated(answer: Buffer | Inflated): Inflated {
  if (!("engine" in answer)) throw new TypeError("zlib did not tell how much it read");
  return answer;
}

/** Says whether the data was cut off, as by a copy that was broken off, or is corrupt. */
export function brokenGzip(file: string, error: unknown): InputError {
  const reason = reasonOf(error);
  return codeOf(error) === "Z_BUF_ERROR"
    ? refuse("nifti.gzip-cut-off", { file })
    : refuse("nifti.gzip", { file }, { reason });
}
