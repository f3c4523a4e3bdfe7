/** What stands in the folder of a session where the image that was looked for does not: the same scan in another format or compression. */
import { aboutSubject, problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { collect } from "../batches/collect";
import { readNiftiHeader } from "../nifti/niftiHeader";
import { pairOf } from "../nifti/niftiPair";
import type { ImageRow } from "../plan/rows";
import type { ImageSource } from "./imageSource";
import { imageName } from "./nameImage";

/** An image that was looked for in vain. */
interface AbsentImage {
  readonly row: ImageRow;
  readonly source: ImageSource;
  readonly pattern: string;
}

/**
 * Why the image of `row` was not found though its session has a file that is named like it but for the ending (`.mgz`, `.nii.bz2`,
 * `.nii` for `.nii.gz`, ...): what that file is and what to do with it. Undefined where there is none, and the pipeline has to run.
 */
export async function otherImage(
  { row, source, pattern }: AbsentImage,
  preprocessing: Preprocessing,
): Promise<Problem | undefined> {
  const [file] = [...(await source.others(row, preprocessing))].sort();
  if (file === undefined) return undefined;
  const refused: Problem[] = [];
  await collect(refused, () => readNiftiHeader(file));
  const read =
    pairOf(file) === null
      ? problem("image.other-ending", { file }, { pattern })
      : problem("nifti.pair", { file });
  const [why = read] = refused;
  return aboutSubject(imageName(row), why);
}
