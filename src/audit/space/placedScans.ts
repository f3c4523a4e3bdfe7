/** Scans by how they are read, those whose header is known. */
import { imageName } from "../../data/sources/nameImage";
import { geometryAsRead } from "../../space/geometry";
import { personOf, type Scan, type Study } from "../study";
import type { PlacedImage } from "./placedImage";

export interface PlacedScan extends PlacedImage {
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
    return [{ name: imageName(scan), person: personOf(scan), geometry, label }];
  });
