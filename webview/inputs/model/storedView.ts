/** An image as it is stored beside the same image as it is read: one place of the head in both. */
import { toVoxel, toWorld } from "../../../src/space/affine";
import { axisCodes } from "../../../src/space/orientation";
import type { Space } from "../../../src/space/space";
import type { Triple } from "../../../src/space/triple";
import { formatValue } from "../../shared/numbers";
import { clampVoxel, type Volume } from "../../shared/volume/volume";

interface Seen {
  readonly volume: Volume;
  readonly space: Space;
}

/** Where the crosshair is, and what moves it. */
export interface Sight {
  readonly voxel: Triple;
  readonly move: (voxel: Triple) => void;
}

/** The crosshair of `read` in `shown`, which is the same image on another grid: two grids have a place of the head in common, not a voxel. */
export function sightOf(shown: Seen | null, read: Seen | null, own: Sight): Sight {
  if (shown === null || read === null || shown === read) return own;
  return {
    voxel: acrossGrids(read, shown, own.voxel),
    move: (moved) => own.move(acrossGrids(shown, read, moved)),
  };
}

/** The voxel of `to` where that of `from` is in the world; the same numbers where one of them does not say where it is. */
function acrossGrids(from: Seen, to: Seen, voxel: Triple): Triple {
  const known = from.space.known && to.space.known;
  const there = known ? toVoxel(to.space.affine, toWorld(from.space.affine, voxel)) : voxel;
  return clampVoxel(there, to.volume.size);
}

/** "169 × 208 × 179 · 1 × 1 × 1 mm · RAS" */
export const gridText = ({ volume, space }: Seen): string =>
  [
    volume.size.join(" × "),
    `${space.spacing.map((size) => formatValue(size)).join(" × ")} mm`,
    ...(space.known ? [axisCodes(space.orientation)] : []),
  ].join(" · ");
