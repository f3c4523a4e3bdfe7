/** What layers have in common that change each value by itself, or nothing at all but the values. */
import { sentence } from "../sentence";
import { type Shape, sameShape, shapeText } from "../shapes/axes";
import type { AnyLayer, LayerInput, TransposedSource } from "./layerDefinition";
import type { Field } from "./receptiveFields";

/** A layer without parameters that gives back the shape of its input. */
export const elementwise = {
  outputShape: (_layer: AnyLayer, input: LayerInput): Shape => input.shape,
  parameters: () => [],
  receptiveField: (_layer: AnyLayer, field: Field): Field => field,
  opensBlock: "never",
} as const;

/** A layer that stands in the decoder as in the encoder. */
export const copied = {
  transposed: <L extends AnyLayer>(layer: L): L => layer,
  exchanges: "nothing",
  passedBy: "every convolution",
} as const;

/** A layer that can be copied where it keeps the shape of its input, and has no inverse elsewhere. */
export const copiedWhereShapeIsKept = {
  transposed<L extends AnyLayer>(layer: L, source: TransposedSource): L {
    if (!sameShape(source.input, source.output)) refuseInverse(source);
    return layer;
  },
  exchanges: "nothing",
  passedBy: "no convolution",
} as const;

/** @throws ArchitectureError: what the layer loses cannot be brought back */
export function refuseInverse(source: TransposedSource): never {
  return source.refuse(
    sentence`${source.text} has no transposition: it makes ${shapeText(source.output)} of ${shapeText(source.input)} and cannot be undone.`,
    sentence`Leave it out of the convolutions of an autoencoder, or use Conv, MaxPool or PadMaxPool instead.`,
  );
}

/** An activation that changes places with a convolution, so that a block of the decoder convolves before it. */
export const exchangedActivation = { ...copied, exchanges: "activation" } as const;
