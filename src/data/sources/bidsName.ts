/** The parts of a name of BIDS: `sub-01_ses-1_space-MNI152NLin2009cAsym_desc-preproc_T1w.nii.gz`. */
import { basename } from "node:path";

export interface BidsName {
  /** `space` and the others, without what stands before the first `-`. */
  readonly entities: ReadonlyMap<string, string>;
  readonly suffix: string;
}

const ENDING = /\.(?:nii|img)(?:\.gz)?$/i;

/** Whether a name is that of a NIfTI file, or of the voxels of a pair. */
export const isNiftiName = (name: string): boolean => ENDING.test(name);

/** Null for what is no NIfTI file of a person. */
export function parseBidsName(file: string): BidsName | null {
  const name = basename(file);
  if (!isNiftiName(name)) return null;
  const parts = name.replace(ENDING, "").split("_");
  const suffix = parts.at(-1) ?? "";
  const entities = new Map(
    parts.slice(0, -1).flatMap((part): [string, string][] => {
      const dash = part.indexOf("-");
      return dash < 1 ? [] : [[part.slice(0, dash), part.slice(dash + 1)]];
    }),
  );
  return entities.has("sub") ? { entities, suffix } : null;
}
