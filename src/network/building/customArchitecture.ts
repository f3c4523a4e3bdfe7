/**
 * The user's own architecture as it stands in the experiment file: lists of layers in PyTorch's words (snake_case keys),
 * without input sizes, which follow from the image. Which layers there are, and with which options, their definitions say.
 */
import type { LayerOptions, OptionValues } from "../definition/layerOptions";
import type { LAYERS, LayerKind } from "../layer";

type OwnOf<Kind extends LayerKind> = (typeof LAYERS)[Kind]["own"];

/** Kinds of layers that an experiment file can ask for. */
export type CustomLayerKind = {
  [Kind in LayerKind]: OwnOf<Kind> extends undefined ? never : Kind;
}[LayerKind];

type ValuesOf<Own> = Own extends { readonly options: infer Options extends LayerOptions }
  ? OptionValues<Options>
  : never;

/** One layer of the list, with its defaults filled in. */
export type CustomLayer = {
  [Kind in CustomLayerKind]: { readonly layer: Kind } & ValuesOf<OwnOf<Kind>>;
}[CustomLayerKind];

export interface LayerList {
  readonly convolutions: readonly CustomLayer[];
  /** Absent for an autoencoder. */
  readonly fc?: readonly CustomLayer[] | undefined;
}
