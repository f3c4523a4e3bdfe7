/** What a header says about space, as nifti-reader-js gives it. */
import { NIFTI1, type NIFTI2 } from "nifti-reader-js";
import type { NiftiSpaceFields } from "../../space/niftiAffine";

/** `bytes`: the header itself. */
export function spaceFields(header: NIFTI1 | NIFTI2, bytes: Uint8Array): NiftiSpaceFields {
  return {
    sformCode: header.sform_code,
    sform: header instanceof NIFTI1 ? sformOfNifti1(header, bytes) : header.affine.slice(0, 3),
    qformCode: header.qform_code,
    quaternion: [header.quatern_b, header.quatern_c, header.quatern_d],
    offset: [header.qoffset_x, header.qoffset_y, header.qoffset_z],
    pixdim: header.pixDims,
    dim: header.dims,
  };
}

/** Read here, because the library's affine of NIfTI-1 is the qform where that has the larger code. */
function sformOfNifti1({ littleEndian }: NIFTI1, bytes: Uint8Array): readonly (readonly number[])[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [0, 1, 2].map((row) =>
    [0, 1, 2, 3].map((column) => view.getFloat32(280 + 16 * row + 4 * column, littleEndian)),
  );
}
