/** What a file is that should be a NIfTI and is not: told by its first bytes, so that one knows what to do with it. */

import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { contentElsewhere } from "../../experiment/unreadableFile";
import { isGzip } from "./gzip";

/** First bytes, as Latin-1; what they are the beginning of; the command that makes a NIfTI of it. */
const FORMATS = [
  { at: 128, magic: "DICM", format: "DICOM", command: "dcm2niix -z y FOLDER" },
  { at: 0, magic: "\0\0\0\x01", format: "MGH/MGZ (FreeSurfer)", command: "mri_convert IN.mgz OUT.nii.gz" },
  { at: 0, magic: "NRRD", format: "NRRD", command: "c3d IN.nrrd -o OUT.nii.gz" },
  { at: 0, magic: "\x89HDF", format: "MINC 2 (HDF5)", command: "mnc2nii IN.mnc OUT.nii" },
  { at: 0, magic: "CDF\x01", format: "MINC 1 (NetCDF)", command: "mnc2nii IN.mnc OUT.nii" },
  { at: 0, magic: "ObjectType", format: "MetaImage", command: "c3d IN.mha -o OUT.nii.gz" },
  {
    at: 0,
    magic: "\x93NUMPY",
    format: "a NumPy array",
    command: "nibabel.save(nibabel.Nifti1Image(array, affine), OUT)",
  },
  { at: 0, magic: "\x89PNG", format: "a PNG picture", command: "dcm2niix -z y FOLDER" },
  { at: 0, magic: "\xff\xd8\xff", format: "a JPEG picture", command: "dcm2niix -z y FOLDER" },
] as const;

const COMPRESSIONS = [
  { magic: "BZh", program: "bzip2", command: "bzcat IN.nii.bz2 | gzip > OUT.nii.gz" },
  { magic: "\xfd7zXZ", program: "xz", command: "xzcat IN.nii.xz | gzip > OUT.nii.gz" },
  { magic: "\x28\xb5\x2f\xfd", program: "zstd", command: "zstdcat IN.nii.zst | gzip > OUT.nii.gz" },
  { magic: "PK\x03\x04", program: "zip", command: "unzip -p IN.zip | gzip > OUT.nii.gz" },
  { magic: "7z\xbc\xaf", program: "7-Zip", command: "7z x -so IN.7z | gzip > OUT.nii.gz" },
] as const;

/** Why `bytes`, the beginning of the uncompressed file, are not a NIfTI. */
export function notNifti(file: string, bytes: Uint8Array): InputError {
  const elsewhere = contentElsewhere(file, bytes);
  if (elsewhere !== undefined) return new InputError([elsewhere]);
  const text = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString("latin1");
  if (isGzip(bytes)) return refuse("nifti.gzip-twice", { file });
  if (/^\s*<(?:!doctype|html|\?xml|head|body)/i.test(text)) return refuse("nifti.web-page", { file });
  const compression = COMPRESSIONS.find(({ magic }) => text.startsWith(magic));
  if (compression !== undefined) {
    const { program, command } = compression;
    return refuse("nifti.other-compression", { file }, { program, command });
  }
  const other = FORMATS.find(({ at, magic }) => text.startsWith(magic, at));
  if (other !== undefined && (other.magic !== "\0\0\0\x01" || isMgh(bytes))) {
    const { format, command } = other;
    return refuse("nifti.other-format", { file }, { format, command });
  }
  if (isAnalyze(bytes)) return refuse("nifti.analyze", { file });
  return refuse(/\.img(?:\.gz)?$/i.test(file) ? "nifti.pair-image" : "nifti.not-nifti", { file });
}

const LOOKED_AT = 512;

/** Sizes and type of an MGH header, which is big-endian. */
function isMgh(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 24) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = [4, 8, 12, 16].map((at) => view.getInt32(at, false));
  return sizes.every((size) => size > 0) && view.getInt32(20, false) <= 10;
}

/** The header of Analyze 7.5 has the length and the fields of NIfTI-1, without its magic. */
function isAnalyze(bytes: Uint8Array): boolean {
  if (bytes.byteLength < 348) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [true, false].some((littleEndian) => {
    const axes = view.getInt16(40, littleEndian);
    return view.getInt32(0, littleEndian) === 348 && axes >= 1 && axes <= 7;
  });
}
