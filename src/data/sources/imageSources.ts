/** The places in which images are found: one line a kind. */
import { imagesKind } from "../../experiment/imagesPath";
import type { Images, ImagesKind, ImagesOf } from "../../experiment/schema/images";
import { openBids } from "./bids";
import { openCaps } from "./caps";
import { openFileFolder } from "./fileFolder";
import type { ImageSource } from "./imageSource";
import { openPathTable } from "./pathTable";

/** Where the images of a cohort are. */
export interface ImagePlace {
  /** Folder of the CAPS; with `images` the folder or table that it names. */
  readonly place: string;
  /** Images that stand in no CAPS. */
  readonly images?: Images | undefined;
}

/** Opens a place of each kind that `images` can name. */
const OPENERS: { readonly [Kind in ImagesKind]: (images: ImagesOf<Kind>) => ImageSource } = {
  bids: openBids,
  table: openPathTable,
  folder: openFileFolder,
};

export const openSource = ({ place: caps, images }: ImagePlace): ImageSource =>
  images === undefined ? openCaps(caps) : openKind(imagesKind(images), images);

const openKind = <Kind extends ImagesKind>(kind: Kind, images: ImagesOf<Kind>): ImageSource =>
  OPENERS[kind](images);

/** `openSource` for many images of few places: each is opened once. */
export function openSources(): (place: ImagePlace) => ImageSource {
  const known = new Map<string, ImageSource>();
  return ({ place, images }) => {
    const key = JSON.stringify([place, images]);
    const source = known.get(key) ?? openSource({ place, images });
    known.set(key, source);
    return source;
  };
}
