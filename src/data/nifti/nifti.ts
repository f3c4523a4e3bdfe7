/** Reads a NIfTI volume as nibabel's `get_fdata(dtype="float32")` does, which is what ClinicaDL trains on. */
import { constants } from "node:buffer";
import { unreadable } from "../../experiment/unreadableFile";
import { readWhole } from "../../files/reader";
import type { VoxelArray } from "../../space/voxelArray";
import { reverseAxes } from "./axisOrder";
import { applyScale, isIdentity } from "./compactVoxels";
import { gunzipBeginning, gunzipFile, isGzip, isNearlyEmpty, type Unpacked } from "./gzip";
import {
  type NiftiDatatype,
  type NiftiHeader,
  parseNiftiHeader,
  tooEmpty,
  truncatedVoxels,
  voxelBytes,
} from "./niftiHeader";
import { pairBeside } from "./niftiPair";

export interface NiftiVolume {
  readonly header: NiftiHeader;
  /** [x, y, z] in C order: z is the fastest, as in nibabel's array. */
  readonly data: Float32Array;
  /** Bytes after the end of the gzip data, which are ignored: the file may have been written over a longer one. */
  readonly behind: number;
}

/**
 * Reads a `.nii` or `.nii.gz`, or a pair by the name of one of its two files, of any integer or float type, slope and intercept applied.
 * `allocate` chooses the memory of the result (shared memory, for instance); ordinary memory by default.
 * Throws an InputError that names the file: missing, unreadable, truncated, corrupt, not a NIfTI, not one volume.
 */
export async function readNifti(
  file: string,
  allocate: (voxels: number) => Float32Array = (voxels) => new Float32Array(voxels),
): Promise<NiftiVolume> {
  const pair = await pairBeside(file);
  const raw = await wholeFile(pair?.voxels ?? file);
  const first = pair === null ? raw : await wholeFile(pair.header);
  const header = parseNiftiHeader(file, isGzip(first) ? gunzipBeginning(file, first) : first);
  const { bytes, behind } = isGzip(raw) ? await gunzipVolume(header, raw) : { bytes: raw, behind: 0 };
  const available = bytes.byteLength - header.voxelOffset;
  if (available < voxelBytes(header)) throw truncatedVoxels(header, available);

  const stored = storedVoxels(header, bytes);
  const { values, scaled } = scaleWide(header, stored);
  const data = allocate(values.length);
  reverseAxes(values, data, header.shape);
  if (!scaled) applyScale(data, header);
  return { header, data, behind };
}

const wholeFile = async (file: string): Promise<Buffer> =>
  await readWhole(file, "image").catch(async (error: unknown) => {
    throw await unreadable(file, error);
  });

/** Deflate cannot compress more than this: a header that promises more lies. */
const DEFLATE_LIMIT = 1032;
/** Bytes that may follow the voxels: a small file must not fill all memory with what nobody reads. */
const MOST_BEHIND = 2 ** 26;

/** So many bytes, with the numbers made of them, are read of an image that is nearly empty: a mask of half a millimetre takes less. */
const MOST_OF_EMPTY = 700_000_000;

/** The header tells how large the content is: one buffer of that size spares all the copying. */
async function gunzipVolume(header: NiftiHeader, raw: Buffer): Promise<Unpacked> {
  const content = header.voxelOffset + voxelBytes(header);
  const [x, y, z] = header.shape;
  const memory = content + x * y * z * Float32Array.BYTES_PER_ELEMENT;
  if (memory > MOST_OF_EMPTY && isNearlyEmpty(content, raw.byteLength))
    throw tooEmpty(header, content, raw.byteLength);
  const expected = Math.min(content, raw.byteLength * DEFLATE_LIMIT);
  const most = Math.min(expected + MOST_BEHIND, constants.MAX_LENGTH);
  return await gunzipFile(header.file, raw, { expected, most });
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The numbers of the file in its own order and type; 64-bit integers as float64. May swap the bytes of `bytes` in place. */
export function storedVoxels(header: NiftiHeader, bytes: Buffer): VoxelArray {
  const { datatype, shape, voxelOffset } = header;
  const count = shape[0] * shape[1] * shape[2];
  const width = voxelBytes(header) / count;
  let voxels = bytes.subarray(voxelOffset, voxelOffset + voxelBytes(header));
  if (voxels.byteOffset % width !== 0) {
    voxels = Buffer.from(new Uint8Array(voxels).buffer);
  }
  if (header.littleEndian !== HOST_IS_LITTLE_ENDIAN) swapBytes(voxels, width);
  return typedView(datatype, voxels.buffer, voxels.byteOffset, count);
}

function swapBytes(bytes: Buffer, width: number): void {
  if (width === 2) bytes.swap16();
  else if (width === 4) bytes.swap32();
  else if (width === 8) bytes.swap64();
}

function typedView(
  datatype: NiftiDatatype,
  buffer: ArrayBufferLike,
  offset: number,
  count: number,
): VoxelArray {
  switch (datatype) {
    case "uint8":
      return new Uint8Array(buffer, offset, count);
    case "int8":
      return new Int8Array(buffer, offset, count);
    case "uint16":
      return new Uint16Array(buffer, offset, count);
    case "int16":
      return new Int16Array(buffer, offset, count);
    case "uint32":
      return new Uint32Array(buffer, offset, count);
    case "int32":
      return new Int32Array(buffer, offset, count);
    case "uint64":
      return Float64Array.from(new BigUint64Array(buffer, offset, count), Number);
    case "int64":
      return Float64Array.from(new BigInt64Array(buffer, offset, count), Number);
    case "float32":
      return new Float32Array(buffer, offset, count);
    case "float64":
      return new Float64Array(buffer, offset, count);
  }
}

const WIDE: ReadonlySet<NiftiDatatype> = new Set(["int32", "uint32", "int64", "uint64", "float64"]);

/**
 * nibabel scales what fits float32 in float32, and what does not (32- and 64-bit integers, float64) in float64, and rounds once, at the end;
 * slope and intercept themselves are rounded to float32 before.
 */
function scaleWide(header: NiftiHeader, stored: VoxelArray): { values: VoxelArray; scaled: boolean } {
  if (isIdentity(header)) return { values: stored, scaled: true };
  if (!WIDE.has(header.datatype)) return { values: stored, scaled: false };
  const slope = Math.fround(header.slope);
  const intercept = Math.fround(header.intercept);
  const values = new Float64Array(stored.length);
  for (let i = 0; i < values.length; i++) values[i] = stored[i]! * slope + intercept;
  return { values, scaled: true };
}
