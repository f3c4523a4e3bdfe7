/** Names of images in formats and compressions that are not read as they are, by their endings. */

/** A NIfTI file compressed otherwise is one too, and a NIfTI file itself where another of its two endings was looked for. */
const OF_IMAGE =
  /\.(?:nii(?:\.[a-z0-9]+)?|(?:hdr|img|mgh|mnc|v)(?:\.gz)?|mgz|nrrd|nhdr|mha|mhd|dcm|ima|par|rec|npy)$/i;

/** What a file would be called as a NIfTI file; nothing where its ending is that of no image. */
export function namesAsNifti(name: string): readonly string[] {
  const stem = name.replace(OF_IMAGE, "");
  return stem === name || stem === "" ? [] : [`${stem}.nii.gz`, `${stem}.nii`];
}
