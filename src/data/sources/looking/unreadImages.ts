/** Images near the user that are not read as they are: what they are, so that nobody searches for them in vain. */
import { dirname, extname } from "node:path";
import type { Problem } from "../../../experiment/problems/problem";
import { collect, mapLimited } from "../../batches/collect";
import { readNiftiHeader } from "../../nifti/niftiHeader";
import { pairOf } from "../../nifti/niftiPair";
import { isNiftiName } from "../bidsName";
import { namesAsNifti } from "../otherEndings";
import type { ImageOffer } from "./offer";

/** Images of one kind. */
export interface UnreadImages {
  /** Folder or table of the first of them. */
  readonly place: string;
  readonly count: number;
  /** Why the first is not read, and what to do. */
  readonly why: Problem;
}

/** Whether a name is that of an image in another format. The header of a pair is no image of its own. */
export const isOtherImage = (name: string): boolean =>
  !isNiftiName(name) && !/\.hdr(?:\.gz)?$/i.test(name) && namesAsNifti(name).length > 0;

/** One image alone may be anything. */
const LEAST = 2;

/** Images of other formats, each ending told of once. @param files paths, the nearest first */
export async function otherFormats(files: readonly string[]): Promise<UnreadImages[]> {
  const endings = [...new Set(files.map(endingOf))];
  const kinds = endings.map((ending) => files.filter((file) => endingOf(file) === ending));
  const several = kinds.filter(({ length }) => length >= LEAST);
  const unread = await mapLimited(several, 8, async ([first = "", ...others]) => {
    const why = await refusalOf(first);
    return why === undefined ? [] : [{ place: dirname(first), count: others.length + 1, why }];
  });
  return unread.flat();
}

/** Those of the offers whose images are pairs of which the first is refused: of Analyze 7.5, or without headers. */
export async function refusedPairs(
  offers: readonly ImageOffer[],
): Promise<ReadonlyMap<ImageOffer, UnreadImages>> {
  const checked = await mapLimited(offers, 8, async (offer): Promise<[ImageOffer, UnreadImages][]> => {
    const [first] = offer.files;
    const why = first === undefined || pairOf(first) === null ? undefined : await refusalOf(first);
    return why === undefined ? [] : [[offer, { place: offer.place, count: offer.sessions.length, why }]];
  });
  return new Map(checked.flat());
}

const endingOf = (file: string) => extname(file).toLowerCase();

async function refusalOf(file: string): Promise<Problem | undefined> {
  const refused: Problem[] = [];
  await collect(refused, () => readNiftiHeader(file));
  return refused[0];
}
