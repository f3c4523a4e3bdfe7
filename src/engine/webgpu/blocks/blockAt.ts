/** Layers that are recorded together: into fewer kernels, or because numbers need it. */
import type { Layer, LayerKind, LayerOf, Sequence } from "../../../network/layer";
import type { BatchNorm } from "../../../network/layers/batchNorm";
import type { Conv } from "../../../network/layers/conv";
import type { ConvTranspose } from "../../../network/layers/convTranspose";
import { fillWith } from "../kernels/constant";
import type { RecordSequence } from "../layerContext";
import { recordLayer } from "../layers";
import { batchNorm } from "../layers/batchNorm";
import type { Pass, Step } from "../pass";
import type { Value } from "../tape/value";
import { type ActivationAndPool, normalisedPool, type Placed } from "./normalisedPool";

export interface Block {
  /** Number of layers. */
  readonly length: number;
  record(input: Value): Step;
}

/**
 * The longest block that begins at `position` of the sequence `layers`, whose names begin with `prefix`: a convolution with the batch norm
 * after it, in training; in the fast form also a batch norm with an activation and a pool of maxima.
 */
export function blockAt(
  layers: Sequence,
  position: number,
  prefix: string,
  pass: Pass,
  recordSequence: RecordSequence,
): Block | undefined {
  const [first, ...others] = layers
    .slice(position, position + 4)
    .map(({ name, layer }): Placed<Layer> => ({ layer, path: `${prefix}.${name}` }));
  const convolution = first && (of("Conv", first) ?? of("ConvTranspose", first));
  if (convolution !== undefined && pass.mode === "training") {
    const normed = normAndPool(others, pass);
    if (normed === undefined) return undefined;
    return {
      length: 1 + normed.length,
      record: (input) => normalisedConvolution(convolution, normed.record, input, pass, recordSequence),
    };
  }
  const normed = first && normAndPool([first, ...others], pass);
  return normed && { length: normed.length, record: (input) => normed.record(input) };
}

interface NormBlock {
  readonly length: number;
  /** @param cancelledBias of the convolution before, if it was left out */
  record(input: Value, cancelledBias?: Value): Step;
}

function normAndPool([first, second, third]: readonly Placed<Layer>[], pass: Pass): NormBlock | undefined {
  const norm = first && of("BatchNorm", first);
  if (norm === undefined) return undefined;
  const pooled = pass.form === "fast" ? activationAndPool(second, third) : undefined;
  return pooled === undefined
    ? single(norm, pass)
    : { length: 3, record: (input, bias) => normalisedPool({ ...norm, input, pass }, pooled, bias) };
}

const single = (norm: Placed<BatchNorm>, pass: Pass): NormBlock => ({
  length: 1,
  record: (input, bias) => batchNorm({ ...norm, input, pass }, bias),
});

function activationAndPool(
  first: Placed<Layer> | undefined,
  second: Placed<Layer> | undefined,
): ActivationAndPool | undefined {
  const activation = first && (of("ReLU", first) ?? of("LeakyReLU", first));
  const pool = second && (of("MaxPool", second) ?? of("PadMaxPool", second));
  if (activation === undefined || pool === undefined) return undefined;
  return { activation: activation.layer, pool };
}

function of<Kind extends LayerKind>(kind: Kind, placed: Placed<Layer>): Placed<LayerOf<Kind>> | undefined {
  const { layer, path } = placed;
  return isOf(kind, layer) ? { layer, path } : undefined;
}

const isOf = <Kind extends LayerKind>(kind: Kind, layer: Layer): layer is Layer & LayerOf<Kind> =>
  layer.kind === kind;

/**
 * In training the norm subtracts the mean, and with it the bias of the convolution: it is left out, and its gradient is exactly 0, not what
 * rounding leaves of it, which Adam would make whole steps of.
 */
function normalisedConvolution(
  { layer, path }: Placed<Conv | ConvTranspose>,
  recordNorm: NormBlock["record"],
  input: Value,
  pass: Pass,
  recordSequence: RecordSequence,
): Step {
  const unbiased = { ...layer, bias: false };
  const convolved = recordLayer(unbiased.kind, { layer: unbiased, path, input, pass, recordSequence });
  const shape = [layer.outChannels];
  const bias = layer.bias ? pass.parameter(`${path}.bias`, shape) : undefined;
  const normed = recordNorm(convolved.output, bias);
  return {
    output: normed.output,
    backward(dy) {
      const inputGradient = convolved.backward(normed.backward(dy)());
      if (layer.bias) pass.addGradient(`${path}.bias`, shape, (into) => fillWith(pass.tape, 0, into));
      return inputGradient;
    },
  };
}
