/** Writes volumes as NIfTI: demo brains, reconstructions, saliency maps. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { writeAtomically } from "../../files/atomicFile";
import { type Affine, identityAffine, voxelSizesOf } from "../../space/affine";
import type { Triple } from "../../space/triple";
import { reverseAxes } from "./axisOrder";
import { DATATYPES, type NiftiHeader } from "./niftiHeader";

export interface VolumeToWrite {
  readonly shape: Triple;
  /** [x, y, z] in C order; its type becomes that of the file. */
  readonly data: Float32Array | Uint8Array | Int16Array;
  /** Header to keep (version, byte order, orientation, description): that of the input whose map or copy this is. */
  readonly header?: NiftiHeader;
  /** Replaces the header's; identity when there is neither. */
  readonly affine?: Affine;
}

const gzipBuffer = promisify(gzip);

/** Writes `.nii`, or `.nii.gz` by the name, in one step: a reader never sees half a file. */
export async function writeNifti(file: string, volume: VolumeToWrite): Promise<void> {
  const content = encodeNifti(volume);
  // Noise hardly compresses, and nibabel uses the fastest level too.
  await writeAtomically(file, file.endsWith(".gz") ? await gzipBuffer(content, { level: 1 }) : content);
}

/** The bytes of an uncompressed `.nii` file. */
export function encodeNifti(volume: VolumeToWrite): Buffer {
  const { shape, data } = volume;
  const header = volume.header === undefined ? freshHeader() : keptHeader(volume.header);
  const name = data instanceof Float32Array ? "float32" : data instanceof Int16Array ? "int16" : "uint8";
  const { code, bytes: width } = DATATYPES[name];
  const { fields, littleEndian } = header;

  fields.setShape(shape);
  fields.setType(code, 8 * width);
  const affine = volume.affine ?? (volume.header === undefined ? identityAffine : undefined);
  if (affine !== undefined) fields.setAffine(affine);

  const file = Buffer.alloc(header.voxelOffset + data.length * width);
  file.set(fields.bytes);
  const voxels =
    name === "float32"
      ? new Float32Array(data.length)
      : name === "int16"
        ? new Int16Array(data.length)
        : new Uint8Array(data.length);
  reverseAxes(data, voxels, [shape[2], shape[1], shape[0]]);
  const raw = Buffer.from(voxels.buffer);
  if (!littleEndian && width === 2) raw.swap16();
  if (!littleEndian && width === 4) raw.swap32();
  file.set(raw, header.voxelOffset);
  return file;
}

interface HeaderToWrite {
  readonly fields: HeaderFields;
  readonly littleEndian: boolean;
  readonly voxelOffset: number;
}

function freshHeader(): HeaderToWrite {
  const fields = new HeaderFields(new Uint8Array(348), 1, true);
  fields.initialise();
  return { fields, littleEndian: true, voxelOffset: 352 };
}

/** Without the extensions and the scaling of the original, which belong to its own voxels. */
function keptHeader(header: NiftiHeader): HeaderToWrite {
  const fields = new HeaderFields(header.bytes.slice(), header.version, header.littleEndian);
  const voxelOffset = header.version === 1 ? 352 : 544;
  fields.resetScaling(voxelOffset);
  return { fields, littleEndian: header.littleEndian, voxelOffset };
}

/** Where each field stands: nifti1.h and nifti2.h. */
class HeaderFields {
  readonly #view: DataView;
  readonly #version: 1 | 2;
  readonly #littleEndian: boolean;

  constructor(
    readonly bytes: Uint8Array,
    version: 1 | 2,
    littleEndian: boolean,
  ) {
    this.#version = version;
    this.#littleEndian = littleEndian;

    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A NIfTI-1 header of its own: one volume, millimetres, no description. */
  initialise(): void {
    this.#view.setInt32(0, 348, this.#littleEndian);
    this.bytes.set(Buffer.from("n+1\0", "latin1"), 344);
    const millimetres = 2;
    this.#view.setUint8(123, millimetres);
    this.#setPixdim(0, 1);
    this.resetScaling(352);
  }

  resetScaling(voxelOffset: number): void {
    const [offset, slope, intercept, calMax, calMin] =
      this.#version === 1 ? [108, 112, 116, 124, 128] : [168, 176, 184, 192, 200];
    if (this.#version === 1) this.#view.setFloat32(offset, voxelOffset, this.#littleEndian);
    else this.#view.setBigInt64(offset, BigInt(voxelOffset), this.#littleEndian);
    this.#setFloat(slope, 1);
    this.#setFloat(intercept, 0);
    this.#setFloat(calMax, 0);
    this.#setFloat(calMin, 0);
  }

  setShape(shape: Triple): void {
    [3, ...shape, 1, 1, 1, 1].forEach((size, i) => {
      if (this.#version === 1) this.#view.setInt16(40 + 2 * i, size, this.#littleEndian);
      else this.#view.setBigInt64(16 + 8 * i, BigInt(size), this.#littleEndian);
    });
  }

  setType(code: number, bits: number): void {
    const at = this.#version === 1 ? 70 : 12;
    this.#view.setInt16(at, code, this.#littleEndian);
    this.#view.setInt16(at + 2, bits, this.#littleEndian);
  }

  /** As sform ("aligned", as nibabel codes an affine of unknown meaning); voxel sizes are the lengths of its columns. */
  setAffine(affine: Affine): void {
    const aligned = 2;
    if (this.#version === 1) {
      this.#view.setInt16(252, 0, this.#littleEndian);
      this.#view.setInt16(254, aligned, this.#littleEndian);
    } else {
      this.#view.setInt32(344, 0, this.#littleEndian);
      this.#view.setInt32(348, aligned, this.#littleEndian);
    }
    const [first, width] = this.#version === 1 ? [280, 4] : [400, 8];
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 4; column++) {
        this.#setFloat(first + (4 * row + column) * width, affine[row]![column]!);
      }
    }
    for (const [axis, size] of voxelSizesOf(affine).entries()) this.#setPixdim(axis + 1, size);
  }

  #setPixdim(index: number, value: number): void {
    this.#setFloat(this.#version === 1 ? 76 + 4 * index : 104 + 8 * index, value);
  }

  #setFloat(at: number, value: number): void {
    if (this.#version === 1) this.#view.setFloat32(at, value, this.#littleEndian);
    else this.#view.setFloat64(at, value, this.#littleEndian);
  }
}
