/** Whether images that were chosen are stored on one grid, by their headers. */
import { isInvertible } from "../../../space/affine";
import { type CommonSpace, commonSpace } from "../../../space/commonSpace";
import { collect, mapLimited } from "../../batches/collect";
import { readNiftiHeader } from "../../nifti/niftiHeader";

/** So many headers are read, spread over all images: a site may be the last of a study. */
const LOOKED_AT = 1000;
/** Network folders answer slowly, one by one, but well in parallel. */
const PARALLEL = 32;

/** The space in which the images have one grid; null where they have one as they are. What cannot be read is passed over: a check names it. */
export async function spaceOfImages(files: readonly string[]): Promise<CommonSpace | null> {
  const step = Math.max(1, files.length / LOOKED_AT);
  const some = Array.from(
    { length: Math.min(files.length, LOOKED_AT) },
    (_, i) => files[Math.floor(i * step)]!,
  );
  const headers = await mapLimited(some, PARALLEL, (file) => collect([], () => readNiftiHeader(file)));
  return commonSpace(
    headers.flatMap((header) => (header !== undefined && isInvertible(header.affine) ? [header] : [])),
  );
}
