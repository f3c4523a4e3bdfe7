/** The first bytes of a NIfTI-1 or NIfTI-2 file: what is in it, without reading its voxels. */
import { NIFTI1, type NIFTI2, readHeader } from "nifti-reader-js";
import { refuse } from "../../experiment/problems/makeProblem";
import type { InputError } from "../../experiment/problems/problem";
import { unreadable } from "../../experiment/unreadableFile";
import { openToRead } from "../../files/reader";
import type { Affine } from "../../space/affine";
import { type HeaderOddity, headerOddities } from "../../space/headerOddities";
import { niftiAffine, niftiVoxelSize } from "../../space/niftiAffine";
import type { Triple } from "../../space/triple";
import { BEGINNING, gunzipBeginning, isGzip } from "./gzip";
import { notNifti } from "./otherFormats";
import { spaceFields } from "./spaceFields";

export const DATATYPES = {
  uint8: { code: NIFTI1.TYPE_UINT8, bytes: 1 },
  int8: { code: NIFTI1.TYPE_INT8, bytes: 1 },
  uint16: { code: NIFTI1.TYPE_UINT16, bytes: 2 },
  int16: { code: NIFTI1.TYPE_INT16, bytes: 2 },
  uint32: { code: NIFTI1.TYPE_UINT32, bytes: 4 },
  int32: { code: NIFTI1.TYPE_INT32, bytes: 4 },
  uint64: { code: NIFTI1.TYPE_UINT64, bytes: 8 },
  int64: { code: NIFTI1.TYPE_INT64, bytes: 8 },
  float32: { code: NIFTI1.TYPE_FLOAT32, bytes: 4 },
  float64: { code: NIFTI1.TYPE_FLOAT64, bytes: 8 },
} as const;
export type NiftiDatatype = keyof typeof DATATYPES;

export interface NiftiHeader {
  readonly file: string;
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** Number of voxels along x, y, z. */
  readonly shape: Triple;
  readonly datatype: NiftiDatatype;
  /** Voxel value = slope x stored value + intercept; 1 and 0 where the header gives no valid scaling. */
  readonly slope: number;
  readonly intercept: number;
  /** Millimetres, as a rule. */
  readonly voxelSize: Triple;
  readonly affine: Affine;
  /** What is odd in what the header says about space, and was mended or passed over. */
  readonly oddities: readonly HeaderOddity[];
  /** Whether the file holds gzip data, whatever its name says; absent where the bytes alone were parsed. */
  readonly compressed?: boolean;
  /** Where the voxels begin in the (uncompressed) file. */
  readonly voxelOffset: number;
  /** The header itself, 348 or 540 bytes, without extensions: what `writeNifti` keeps. */
  readonly bytes: Uint8Array;
}

/** Bytes of the voxels, uncompressed. */
export function voxelBytes({ shape, datatype }: NiftiHeader): number {
  return shape[0] * shape[1] * shape[2] * DATATYPES[datatype].bytes;
}

/**
 * Reads only the beginning of a `.nii` or `.nii.gz`.
 * Throws an InputError: file missing or unreadable, broken gzip, not a NIfTI, not one volume, a type without numbers.
 */
export async function readNiftiHeader(file: string): Promise<NiftiHeader> {
  const beginning = await readBeginning(file);
  const compressed = isGzip(beginning);
  const header = parseNiftiHeader(file, compressed ? gunzipBeginning(file, beginning) : beginning);
  return { ...header, compressed };
}

async function readBeginning(file: string): Promise<Buffer> {
  try {
    const handle = await openToRead(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw await unreadable(file, error);
  }
}

/** `bytes`: the beginning of the uncompressed file. Throws an InputError as `readNiftiHeader` does. */
export function parseNiftiHeader(file: string, bytes: Uint8Array): NiftiHeader {
  const { header, sizes, channels } = parseNiftiSeries(file, bytes);
  if (channels !== null) throw refuse("nifti.colours", { file });
  if (sizes.length < 3) {
    throw refuse("nifti.axes", { file }, { count: sizes.length, sizes: sizes.join("x") });
  }
  if (volumeCount(sizes) !== 1) throw refuse("nifti.volumes", { file }, { sizes: sizes.join("x") });
  return header;
}

/** An image of any number of volumes. */
export interface NiftiSeries {
  /** Of each volume; `voxelOffset` is that of the first. */
  readonly header: NiftiHeader;
  /** Length of every axis, those after the third included. */
  readonly sizes: readonly number[];
  /** Of colours (RGB24, RGBA32): bytes of a voxel, its header saying uint8; null of numbers. */
  readonly channels: 3 | 4 | null;
}

/** NIfTI's codes of colours, which no network takes, and bytes of a voxel. */
const COLOURS: ReadonlyMap<number, 3 | 4> = new Map([
  [128, 3],
  [2304, 4],
]);

export const volumeCount = (sizes: readonly number[]) =>
  sizes.slice(3).reduce((count, size) => count * size, 1);

/** As `parseNiftiHeader`, but accepts flat images, several volumes, and colours. */
export function parseNiftiSeries(file: string, bytes: Uint8Array): NiftiSeries {
  const header = readFields(file, bytes);
  const version = header instanceof NIFTI1 ? 1 : 2;
  const size = version === 1 ? 348 : 540;
  const own = bytes.slice(0, size);
  const slopeGiven = header.scl_slope !== 0 && Number.isFinite(header.scl_slope);
  if (slopeGiven && !Number.isFinite(header.scl_inter)) {
    throw refuse("nifti.intercept", { file }, { slope: header.scl_slope });
  }
  const sizes = axisLengths(file, header.dims);
  if (Number.isNaN(header.vox_offset)) throw refuse("nifti.no-offset", { file });
  const space = spaceFields(header, own);
  const channels = COLOURS.get(header.datatypeCode) ?? null;
  const scaled = slopeGiven && channels === null;
  return {
    header: {
      file,
      version,
      littleEndian: header.littleEndian,
      shape: [sizes[0]!, sizes[1] ?? 1, sizes[2] ?? 1],
      datatype: channels === null ? datatype(file, header.datatypeCode) : "uint8",
      slope: scaled ? header.scl_slope : 1,
      intercept: scaled ? header.scl_inter : 0,
      voxelSize: niftiVoxelSize(space),
      affine: niftiAffine(space),
      oddities: headerOddities(space),
      voxelOffset: Math.max(Math.trunc(header.vox_offset), size + 4),
      bytes: own,
    },
    sizes,
    channels,
  };
}

/** The library reads the fields; it is given the header alone, because it fails on extensions that it does not understand. */
function readFields(file: string, bytes: Uint8Array): NIFTI1 | NIFTI2 {
  const magic = (at: number) => Buffer.from(bytes.subarray(at, at + 3)).toString("latin1");
  if (magic(344) === "ni1" || magic(4) === "ni2") throw refuse("nifti.pair", { file });
  const size = magic(344) === "n+1" ? 348 : magic(4) === "n+2" ? 540 : 0;
  if (size === 0 || bytes.byteLength < size) throw notNifti(file, bytes);
  const own = new ArrayBuffer(size);
  new Uint8Array(own).set(bytes.subarray(0, size));
  try {
    return readHeader(own);
  } catch {
    throw notNifti(file, bytes);
  }
}

/** The axes that the header counts, 1 to 7 of them, none of them empty. */
function axisLengths(file: string, dims: readonly number[]): readonly number[] {
  const count = dims[0] ?? 0;
  const sizes = dims.slice(1, 1 + count);
  if (!(count >= 1 && count <= 7)) throw refuse("nifti.axis-count", { file }, { count });
  if (!sizes.every((size) => size > 0)) {
    throw refuse("nifti.no-voxels", { file }, { sizes: sizes.join("x") });
  }
  return sizes;
}

function datatype(file: string, code: number): NiftiDatatype {
  for (const name of Object.keys(DATATYPES) as NiftiDatatype[]) {
    if (DATATYPES[name].code === code) return name;
  }
  throw otherValues(file, code);
}

/** Types of NIfTI whose voxels are no single numbers that a network could take. */
function otherValues(file: string, code: number): InputError {
  switch (code) {
    case 32:
    case 1792:
    case 2048:
      return refuse("nifti.complex", { file });
    default:
      return refuse("nifti.datatype", { file }, { type: code });
  }
}

export function tooLarge(header: NiftiHeader): InputError {
  const { file, shape, datatype: type } = header;
  return refuse("nifti.too-large", { file }, { size: shape.join("x"), type });
}

/** @param compressed bytes of the gzip data */
export function tooEmpty(
  { file }: Pick<NiftiHeader, "file">,
  content: number,
  compressed: number,
): InputError {
  return refuse("nifti.too-compressed", { file }, { content, compressed });
}

export function truncatedVoxels(header: NiftiHeader, available: number): InputError {
  const { file, shape, datatype: type } = header;
  const values = { size: shape.join("x"), type, needed: voxelBytes(header) };
  return refuse("nifti.truncated", { file }, { ...values, available: Math.max(0, available) });
}
