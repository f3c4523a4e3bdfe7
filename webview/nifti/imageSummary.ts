import { axisCodes } from "../../src/space/orientation";
import type { Space } from "../../src/space/space";
import type { ImageInfo } from "../shared/volume/layers/messages";

/** "181 × 217 × 181 · 1 mm · uint8 · RAS" */
export function summaryOf({ sizes, spaceUnit, datatype }: ImageInfo, space: Space): string {
  const spacing = [...new Set(space.spacing.map((value) => Number(value.toPrecision(3))))].join(" × ");
  return [
    sizes.join(" × "),
    ...(spaceUnit === null ? [] : [`${spacing} ${spaceUnit}`]),
    datatype,
    ...(space.known ? [axisCodes(space.orientation)] : []),
  ].join(" · ");
}
