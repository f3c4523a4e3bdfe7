import type { Layer, LayerKind, LayerOf, Sequence } from "../../network/layer";
import type { Pass, Step } from "./pass";
import type { Value } from "./tape/value";

/** How layers that hold others record them; `path` is that of the sequence. */
export type RecordSequence = (layers: Sequence, path: string, input: Value, pass: Pass) => Step;

/** A layer that is being recorded: where it stands, what it is given, and what it shares with the others. */
export interface LayerContext<Of extends Layer> {
  readonly layer: Of;
  /** In the state dict. */
  readonly path: string;
  /** [N, channels, ...spatial] or [N, features] */
  readonly input: Value;
  readonly pass: Pass;
  readonly recordSequence: RecordSequence;
}

/** One kind of layer on the tape, forward and back. */
export type RecordLayer<Kind extends LayerKind> = (context: LayerContext<LayerOf<Kind>>) => Step;
