import type { Layer, LayerKind, LayerOf, Sequence } from "../../network/layer";
import type { DeviceTensor } from "./library/tensorFlow";
import type { Pass } from "./pass";

/** How layers that hold others run them: what `layers` make of `input`; `path` is that of the sequence. */
export type RunSequence = (layers: Sequence, path: string, input: DeviceTensor, pass: Pass) => DeviceTensor;

/** A layer that runs: where it stands, what it is given, and what it shares with the others. */
export interface LayerContext<Of extends Layer> {
  readonly layer: Of;
  /** In the state dict. */
  readonly path: string;
  readonly input: DeviceTensor;
  readonly pass: Pass;
  readonly runSequence: RunSequence;
}

/** What one kind of layer makes of its input, so that TensorFlow can differentiate it. */
export type RunLayer<Kind extends LayerKind> = (context: LayerContext<LayerOf<Kind>>) => DeviceTensor;
