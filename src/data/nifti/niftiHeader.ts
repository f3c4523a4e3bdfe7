/** The first bytes of a NIfTI-1 or NIfTI-2 image: what is in it, without reading its voxels. */
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
import { pairBeside, pairOf } from "./niftiPair";
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
  /** Where the voxels begin in the (uncompressed) file, of a pair in that of the voxels. */
  readonly voxelOffset: number;
  /** The header itself, 348 or 540 bytes, without extensions, as of one file: what `writeNifti` keeps. */
  readonly bytes: Uint8Array;
}

/** Bytes of the voxels, uncompressed. */
export function voxelBytes({ shape, datatype }: NiftiHeader): number {
  return shape[0] * shape[1] * shape[2] * DATATYPES[datatype].bytes;
}

/**
 * Reads only the beginning of a `.nii` or `.nii.gz`, of a pair its header.
 * Throws an InputError: file missing or unreadable, broken gzip, not a NIfTI, not one volume, a type without numbers.
 */
export async function readNiftiHeader(file: string): Promise<NiftiHeader> {
  const beginning = await readBeginning((await pairBeside(file))?.header ?? file);
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

/** `bytes`: the beginning of the uncompressed file, of a pair that of its header. Throws an InputError as `readNiftiHeader` does. */
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
  const own = ownBytes(file, bytes);
  const header = readFields(file, own);
  const version = header instanceof NIFTI1 ? 1 : 2;
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
      voxelOffset: Math.max(Math.trunc(header.vox_offset), pairOf(file) === null ? own.length + 4 : 0),
      bytes: own,
    },
    sizes,
    channels,
  };
}

/** Where the magic stands, whose second letter tells whether the voxels follow (`n+1`) or have a file of their own (`ni1`). */
const MAGIC = [
  { at: 344, version: "1", size: 348 },
  { at: 4, version: "2", size: 540 },
] as const;

/** The header alone, of a pair with the magic of one file. */
function ownBytes(file: string, bytes: Uint8Array): Uint8Array {
  for (const { at, version, size } of MAGIC) {
    const magic = Buffer.from(bytes.subarray(at, at + 3)).toString("latin1");
    if (!["n+", "ni"].some((letters) => magic === `${letters}${version}`) || bytes.length < size) continue;
    const isPair = magic.startsWith("ni");
    if (isPair !== (pairOf(file) !== null))
      throw refuse(isPair ? "nifti.pair" : "nifti.named-as-pair", { file });
    const own = new Uint8Array(bytes.subarray(0, size));
    own[at + 1] = "+".charCodeAt(0);
    return own;
  }
  throw notNifti(file, bytes);
}

/** The library reads the fields; it is given the header alone, because it fails on extensions that it does not understand. */
function readFields(file: string, own: Uint8Array): NIFTI1 | NIFTI2 {
  try {
    return readHeader(new Uint8Array(own).buffer);
  } catch {
    throw notNifti(file, own);
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
