/** Region masks that are stored otherwise than the images: laid on the array of an image, they cut other tissue than they mark. */
import { problem, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { isInvertible } from "../../space/affine";
import {
  alikeInSpace,
  type Geometry,
  isAlike,
  isKnownIn,
  SPACE_FACTORS,
  type SpaceFactor,
} from "../../space/geometry";
import { farthestApart, type Grid } from "../../space/grid";
import { geometryText, type PlacedImage } from "./placedImage";

/** The mask of one region, as it is read. */
export interface RegionMask {
  /** Name of its file, or of a region that is built in. */
  readonly name: string;
  readonly geometry: Geometry;
  /** Null where it is built in: a place in the array of an image, not in the world. */
  readonly grid: Grid | null;
}

/** An image with its place in the world, as it is read. */
export interface ImageInWorld extends PlacedImage {
  readonly grid: Grid;
}

/**
 * An error where a mask is stored as no image is, in orientation or in voxel size; a warning where some images are stored otherwise,
 * or where it is stored alike and lies elsewhere.
 */
export const otherMasks = (
  masks: readonly RegionMask[],
  images: readonly ImageInWorld[],
  file: string,
): Problem[] => [...storedOtherwise(masks, images, file), ...lyingElsewhere(masks, images, file)];

const storedOtherwise = (
  masks: readonly RegionMask[],
  images: readonly PlacedImage[],
  file: string,
): Problem[] =>
  SPACE_FACTORS.flatMap((factor) => {
    const differing = (mask: RegionMask) =>
      images.filter(({ geometry }) => !isKnownIn([mask.geometry], geometry, factor));
    const strange = masks.filter((mask) => differing(mask).length > 0);
    if (strange.length === 0) return [];
    const spoilt = new Set(strange.flatMap(differing));
    const told = strange.some((mask) => differing(mask).length === images.length) ? problem : warning;
    const values = {
      count: strange.length,
      of: masks.length,
      found: texts(strange, factor),
      images: spoilt.size,
      all: images.length,
      stored: texts([...spoilt], factor),
      names: some(strange.map(({ name }) => name)),
    };
    if (strange.every(({ grid }) => grid === null)) {
      const { count, of, ...others } = values;
      return [
        factor === "orientation"
          ? told("space.orientation-of-hippocampi", { file }, others)
          : told("space.voxel-size-of-hippocampi", { file }, others),
      ];
    }
    return [
      factor === "orientation"
        ? told("space.orientation-of-mask", { file }, values)
        : told("space.voxel-size-of-mask", { file }, values),
    ];
  });

/** Voxels: headers put masks and images of one template some hundredths apart. */
const APART = 0.5;

/** Masks that are stored as the images are, but whose header puts them in another place of the world. */
function lyingElsewhere(
  masks: readonly RegionMask[],
  images: readonly ImageInWorld[],
  file: string,
): Problem[] {
  const apart = masks.flatMap(({ name, grid, geometry }) => {
    if (grid === null) return [];
    const alike = images.filter(
      (image) => isAlike(geometry, image.geometry) && isInvertible(image.grid.affine),
    );
    const places = distinctGrids(alike).map(({ items, grid: place }) => ({
      items,
      distance: farthestApart(grid, place),
    }));
    const far = places.filter(({ distance }) => distance > APART * Math.min(...geometry.voxelSize));
    return far.length === 0 ? [] : [{ name, far }];
  });
  if (apart.length === 0) return [];
  const far = apart.flatMap(({ far }) => far);
  const values = {
    count: apart.length,
    of: masks.length,
    images: new Set(far.flatMap(({ items }) => items)).size,
    all: images.length,
    distance: Number(Math.max(...far.map(({ distance }) => distance)).toPrecision(3)),
    names: some(apart.map(({ name }) => name)),
  };
  return [warning("space.origin-of-mask", { file }, values)];
}

/** Images of one place together: those of a template have all the same. */
function distinctGrids(images: readonly ImageInWorld[]) {
  const places = new Map<string, { readonly grid: Grid; readonly items: ImageInWorld[] }>();
  for (const image of images) {
    const key = image.grid.affine.join(";");
    const known = places.get(key);
    if (known === undefined) places.set(key, { grid: image.grid, items: [image] });
    else known.items.push(image);
  }
  return [...places.values()];
}

/** One geometry of each kind, the most frequent first. */
const texts = (placed: readonly { readonly geometry: Geometry }[], factor: SpaceFactor) =>
  some(alikeInSpace(placed, factor).map(({ geometry }) => geometryText(geometry, factor)));
