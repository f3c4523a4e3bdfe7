import { varying } from "../definition/attributes";
import { copiedWhereShapeIsKept, elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { sentence } from "../sentence";
import { type Shape, shapeText } from "../shapes/axes";
import { elementCount } from "../weights/tensor";

/** [N, features] -> [N, ...shape] */
export interface Reshape {
  readonly kind: "Reshape";
  readonly shape: Shape;
}

export const RESHAPE: LayerDefinition<Reshape> = {
  kind: "Reshape",
  category: "reshaping",
  own: undefined,
  ...elementwise,
  checkSettings: (layer, check) => check.perAxis("shape", layer.shape, layer.shape.length, 1),
  outputShape(layer, input) {
    const values = elementCount(input.shape);
    if (elementCount(layer.shape) !== values)
      input.refuse(
        sentence`${values} {0|value does|values do} not make ${shapeText(layer.shape)}.`,
        sentence`Give a shape of as many values.`,
      );
    return layer.shape;
  },
  text: () => "Reshape()",
  attributes: (layer) => [varying("shape", shapeText(layer.shape))],
  decoding: { ...copiedWhereShapeIsKept, channels: (layer) => layer.shape[0]! },
};
