/** Layers that are recorded together: into fewer kernels, or because numbers need it. */
import type { Layer, LayerKind, LayerOf, Sequence } from "../../../network/layer";
import type { Conv } from "../../../network/layers/conv";
import type { ConvTranspose } from "../../../network/layers/convTranspose";
import { fillWith } from "../kernels/constant";
import type { RecordSequence } from "../layerContext";
import { recordLayer } from "../layers";
import { batchNorm } from "../layers/batchNorm";
import { groupNorm } from "../layers/groupNorm";
import { asGroups } from "../layers/instanceNorm";
import type { Pass, Step } from "../pass";
import type { Value } from "../tape/value";
import { normalisedPool, type Placed } from "./normalisedPool";

export interface Block {
  /** Number of layers. */
  readonly length: number;
  record(input: Value): Step;
}

/**
 * The longest block that begins at `position` of the sequence `layers`, whose names begin with `prefix`: a convolution with the batch norm
 * after it, in training; in the fast form also a norm with a ReLU or LeakyReLU, and a batch norm with these and a pool of maxima.
 */
export function blockAt(
  layers: Sequence,
  position: number,
  prefix: string,
  pass: Pass,
  recordSequence: RecordSequence,
): Block | undefined {
  const placed = layers
    .slice(position, position + 4)
    .map(({ name, layer }): Placed<Layer> => ({ layer, path: `${prefix}.${name}` }));
  const [first, ...others] = placed;
  const convolution = first && (of("Conv", first) ?? of("ConvTranspose", first));
  if (convolution !== undefined && pass.mode === "training") {
    const norm = batchNormBlock(others, pass);
    return (
      norm && {
        length: 1 + norm.length,
        record: (input) => normalisedConvolution(convolution, norm.record, input, pass, recordSequence),
      }
    );
  }
  const norm = batchNormBlock(placed, pass);
  return norm === undefined
    ? groupNormBlock(placed, pass)
    : { length: norm.length, record: (input) => norm.record(input) };
}

interface NormBlock {
  readonly length: number;
  /** @param cancelledBias of the convolution before, if it was left out */
  record(input: Value, cancelledBias?: Value): Step;
}

/** A batch norm, and in the fast form the ReLU or LeakyReLU after it, and then the pool of maxima after that. */
function batchNormBlock([first, second, third]: readonly Placed<Layer>[], pass: Pass): NormBlock | undefined {
  const norm = first && of("BatchNorm", first);
  if (norm === undefined) return undefined;
  const slope = slopeOf(second, pass);
  if (slope === undefined)
    return {
      length: 1,
      record: (input, cancelledBias) => batchNorm({ ...norm, input, pass, cancelledBias }),
    };
  const pool = third && (of("MaxPool", third) ?? of("PadMaxPool", third));
  return {
    length: pool === undefined ? 2 : 3,
    record(input, cancelledBias) {
      const context = { ...norm, input, pass, slope, cancelledBias };
      return pool === undefined ? batchNorm(context) : normalisedPool(context, pool);
    },
  };
}

/** In the fast form: a norm of each image and the ReLU or LeakyReLU after it. */
function groupNormBlock([first, second]: readonly Placed<Layer>[], pass: Pass): Block | undefined {
  const slope = slopeOf(second, pass);
  if (first === undefined || slope === undefined) return undefined;
  const instances = of("InstanceNorm", first);
  const layer = instances ? asGroups(instances.layer) : of("GroupNorm", first)?.layer;
  if (layer === undefined) return undefined;
  return { length: 2, record: (input) => groupNorm({ layer, path: first.path, input, pass, slope }) };
}

/** Of a ReLU or LeakyReLU that a norm can take along: one that rises, so that its values have the sign of what they were made of. */
function slopeOf(placed: Placed<Layer> | undefined, { form }: Pass): number | undefined {
  if (placed === undefined || form === "plain") return undefined;
  const { layer } = placed;
  if (layer.kind === "ReLU") return 0;
  return layer.kind === "LeakyReLU" && layer.negativeSlope > 0 ? layer.negativeSlope : undefined;
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
