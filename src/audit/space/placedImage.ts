/** Images by how they are read: what the comparisons of this folder are about, and how they name it. */
import { phrase } from "../../experiment/problems/phrases";
import { some } from "../../experiment/problems/some";
import type { Phrase } from "../../experiment/problems/words";
import type { AlikeInSpace, Geometry, SpaceFactor } from "../../space/geometry";

export interface PlacedImage {
  /** Participant and session. */
  readonly name: string;
  /** Whose it is: several sessions of one person are one person. */
  readonly person: string;
  readonly geometry: Geometry;
}

/** "LAS", or "1 x 1 x 2 mm". */
export function geometryText({ orientation, voxelSize }: Geometry, factor: SpaceFactor): string | Phrase {
  if (factor === "orientation") return orientation ?? phrase("no-directions");
  // Header fields are float32: more digits than these are noise.
  return `${voxelSize.map((size) => Number(size.toPrecision(4))).join(" x ")} mm`;
}

/** "LAS in 2 (sub-01 ses-M000, sub-02 ses-M000)" */
export const namedGroup = ({ geometry, items }: AlikeInSpace<PlacedImage>, factor: SpaceFactor): Phrase =>
  phrase("stored-in", {
    found: geometryText(geometry, factor),
    count: items.length,
    names: some(items.map(({ name }) => name)),
  });
