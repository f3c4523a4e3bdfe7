/** What a BIDS folder holds that a network can learn from: each kind of image by the entities that tell it from the others. */
import { join } from "node:path";
import {
  BIDS_ENTITIES,
  type BidsEntity,
  IMAGES_SCHEMAS,
  type ImagesOf,
} from "../../../experiment/schema/images";
import { mapLimited } from "../../batches/collect";
import { imagesBelow } from "../bids";
import type { BidsName } from "../bidsName";
import { foldersStarting } from "../folderContent";
import { type ImageOffer, imagesKeys, offerOf } from "./offer";

/** Suffixes of images that are no volume of one brain: masks, series, maps of the scanner. */
const NOT_OFFERED =
  /^(?:mask|dseg|bold|cbv|sbref|dwi|epi|asl|m0scan|fieldmap|magnitude\d?|phase\w*|boldref|xfm|res\w*)$/;

/** What one person may have several of, of the same kind: no kind of image of its own. */
const COPIES: readonly BidsEntity[] = ["run", "echo"];
const ENTITIES = Object.keys(BIDS_ENTITIES) as readonly BidsEntity[];

/** So many people show what there is. */
const LOOKED_AT = 200;
/** More would be a list to scroll through. */
const MOST = 8;

interface Kind {
  readonly suffix: string;
  readonly entities: ReadonlyMap<BidsEntity, string>;
  readonly count: number;
}

export async function bidsOffers(folder: string): Promise<ImageOffer[]> {
  const people = (await foldersStarting(folder, "sub-")).slice(0, LOOKED_AT);
  const images = await mapLimited(people, 32, (person) => imagesBelow(join(folder, person)));
  const kinds = kindsOf(images.flat().map(({ name }) => name));
  const usual = [...kinds].sort((a, b) => Number(isT1(b)) - Number(isT1(a)) || b.count - a.count);
  const offers = await mapLimited(usual.slice(0, MOST), 1, async (kind) => {
    const asked = describeKind(folder, kind, kinds);
    const offer = await offerOf(imagesKeys(asked), nameOf(asked));
    if (offer.several === 0) return [offer];
    const ofCopies = copiesOf(
      asked,
      images.flat().map(({ name }) => name),
    );
    const decided = await mapLimited(ofCopies, 1, (one) => offerOf(imagesKeys(one), nameOf(one)));
    return [...decided, offer];
  });
  return offers.flat().filter(({ sessions, several }) => sessions.length + several > 0);
}

const isT1 = ({ suffix }: Kind) => suffix === "T1w";

function kindsOf(names: readonly BidsName[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { suffix, entities } of names) {
    if (NOT_OFFERED.test(suffix)) continue;
    const own = ENTITIES.filter((entity) => !COPIES.includes(entity)).flatMap((entity) => {
      const value = entities.get(entity);
      return value === undefined ? [] : [[entity, value] as const];
    });
    const key = JSON.stringify([suffix, own]);
    kinds.set(key, { suffix, entities: new Map(own), count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}

/** The entities that tell `kind` from the others of its suffix: those that differ, with null for what only others have. */
function describeKind(folder: string, kind: Kind, kinds: readonly Kind[]): ImagesOf<"bids"> {
  const others = kinds.filter((other) => other !== kind && other.suffix === kind.suffix);
  const differing = ENTITIES.filter((entity) =>
    others.some((other) => other.entities.get(entity) !== kind.entities.get(entity)),
  );
  const asked = Object.fromEntries(differing.map((entity) => [entity, kind.entities.get(entity) ?? null]));
  return IMAGES_SCHEMAS.bids.parse({ bids: folder, suffix: kind.suffix, ...asked });
}

/** The same kind of image, once for each `run` or `echo` that there is. */
function copiesOf(asked: ImagesOf<"bids">, names: readonly BidsName[]): ImagesOf<"bids">[] {
  const ofSuffix = names.filter(({ suffix }) => suffix === asked.suffix);
  return COPIES.flatMap((entity) => {
    const values = new Set(ofSuffix.flatMap(({ entities }) => entities.get(entity) ?? []));
    return [...values].sort().map((value) => ({ ...asked, [entity]: value }));
  });
}

/** `T1w, space-MNI152NLin2009cAsym` */
export function nameOf(images: ImagesOf<"bids">): string {
  const entities = ENTITIES.flatMap((entity) => {
    const value = images[entity];
    return value === undefined || value === null ? [] : [`${entity}-${value}`];
  });
  return [images.suffix, ...entities].join(", ");
}
