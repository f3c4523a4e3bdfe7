import { formatValue } from "../numbers";
import { textOf } from "../text";
import { volumeStrings } from "./strings";

const text = textOf(volumeStrings);

/** How the value of a layer at a voxel of the image is said: the layer may not reach so far. */
export const layerValue = (value: number): string =>
  Number.isNaN(value) ? text("beyondLayer") : formatValue(value);
