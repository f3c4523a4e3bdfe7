import type { Triple } from "../../../src/space/triple";
import { formatValue } from "../numbers";
import { textOf } from "../text";
import type { ShownLayer } from "./blendSlice";
import { volumeStrings } from "./strings";

const text = textOf(volumeStrings);

/** How the value of a layer at a voxel of the image is said: a region by its name too; the layer may not reach so far. */
export function layerValue({ source, look, regions }: ShownLayer, voxel: Triple): string {
  const value = source.at(voxel, look.interpolation);
  if (Number.isNaN(value)) return text("beyondLayer");
  const name = regions.get(value);
  return name === undefined ? formatValue(value) : `${formatValue(value)} ${name}`;
}
