/**
 * Images in two files: a header, `.hdr`, and the voxels, `.img`, both compressed (`.hdr.gz`, `.img.gz`) or neither. Either name means both.
 * The header is that of NIfTI-1 or NIfTI-2 but for its magic; Analyze 7.5 has such pairs too, without saying how the head lies.
 */
import { exists } from "../../files/exists";

export interface NiftiPair {
  readonly header: string;
  readonly voxels: string;
}

const ENDING = /\.(?:hdr|img)((?:\.gz)?)$/i;

/** The two files by the name of one of them; null where it is not named like one of a pair. */
export function pairOf(file: string): NiftiPair | null {
  const ending = ENDING.exec(file)?.[0];
  if (ending === undefined) return null;
  const stem = file.slice(0, -ending.length);
  // `BRAIN.IMG` has its header in `BRAIN.HDR`.
  const [hdr, img] = ending[1] === ending[1]?.toUpperCase() ? ["HDR", "IMG"] : ["hdr", "img"];
  const gz = ending.slice(4);
  return { header: `${stem}.${hdr}${gz}`, voxels: `${stem}.${img}${gz}` };
}

/** The pair whose header is there; null where `file` has to tell alone what it is. */
export async function pairBeside(file: string): Promise<NiftiPair | null> {
  const pair = pairOf(file);
  return pair !== null && (await exists(pair.header)) ? pair : null;
}

/** The file of the voxels, under whose name an image is known. */
export const voxelFileOf = (file: string): string => pairOf(file)?.voxels ?? file;

/** All files of an image. */
export function filesOfImage(file: string): readonly string[] {
  const pair = pairOf(file);
  return pair === null ? [file] : [pair.header, pair.voxels];
}
