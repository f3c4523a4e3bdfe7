import type { Layer, LayerKind, LayerOf, Sequence } from "../../network/layer";
import type { Compilation, Step } from "./compilation";
import type { Value } from "./graph/graphBuilder";

/** A layer and its path in the state dict. */
export interface Placed<Of extends Layer> {
  readonly layer: Of;
  readonly path: string;
}

/** How layers that hold others compile them. */
export type CompileSequence = (
  layers: Sequence,
  path: string,
  input: Value,
  compilation: Compilation,
) => Step;

/** A layer that is being compiled: where it stands, what it is given, and what it shares with the others. */
export interface LayerContext<Of extends Layer> extends Placed<Of> {
  readonly input: Value;
  readonly compilation: Compilation;
  readonly compileSequence: CompileSequence;
}

/** The forward pass of one kind of layer, with its gradient. */
export type CompileLayer<Kind extends LayerKind> = (context: LayerContext<LayerOf<Kind>>) => Step;
