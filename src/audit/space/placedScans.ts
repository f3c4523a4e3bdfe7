/** Scans by how they are read, those whose header is known. */
import { imageName } from "../../data/sources/nameImage";
import { geometryAsRead, gridAsRead } from "../../space/geometry";
import { personOf, type Scan, type Study } from "../study";
import type { ImageInWorld } from "./otherMasks";

export interface PlacedScan extends ImageInWorld {
  /** Text of the label column; "" without label. */
  readonly label: string;
}

export const placedScans = (
  { experiment: { space } }: Study,
  scans: readonly Scan[],
): readonly PlacedScan[] =>
  scans.flatMap((scan) => {
    const { header, label } = scan;
    if (header === null) return [];
    const geometry = geometryAsRead(header, space);
    return [
      { name: imageName(scan), person: personOf(scan), geometry, grid: gridAsRead(header, space), label },
    ];
  });
