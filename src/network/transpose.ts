/**
 * An autoencoder from a CNN: its convolutions are the encoder, and the decoder is their transposition, layer by layer and
 * in reverse order, as ClinicaDL's documentation describes it. The rules are those of ClinicaDL's CNN_Transformer, in 2D
 * as in 3D.
 */
import { ArchitectureError } from "./architectureError";
import { sequence, type TransposedSource } from "./definition/layerDefinition";
import { layerText } from "./drawing/layerText";
import { definitionOf, type Layer, type LayerKind } from "./layer";
import type { Autoencoder, Cnn } from "./network";
import { sentence } from "./sentence";
import { type Shape, sameShape, shapeText } from "./shapes/axes";
import { type TracedLayer, traceShapes } from "./shapes/shape";

/** How a layer of the decoder came from the layer of the encoder. */
export type TranspositionRule = `${LayerKind} -> ${LayerKind}` | "copy";

/** One layer of the decoder and where it came from. */
export interface Tie {
  /** Path in the decoder: "decoder.1". */
  readonly decoder: string;
  /** Path in the encoder: "encoder.16". */
  readonly encoder: string;
  readonly rule: TranspositionRule;
  /** The activation or convolution with which this one changed places: its path in the decoder. */
  readonly exchangedWith?: string;
  /** A norm that had to take the channels that reach it after the exchange. */
  readonly resized?: { readonly from: number; readonly to: number };
  /** An unpool: the pool of the encoder that gives it its indices, and for CropMaxUnpool its padding. */
  readonly pool?: string;
}

export interface Transposition {
  readonly autoencoder: Autoencoder;
  /** One per layer of the decoder, in its order. */
  readonly ties: readonly Tie[];
}

export interface TranspositionOptions {
  /**
   * "clinicadl" keeps the order of layers of ClinicaDL's own 2D autoencoders, whose activations and convolutions are not
   * exchanged, so that their weights load. It makes no difference in 3D.
   */
  readonly layout?: "gyrus" | "clinicadl";
}

/**
 * The autoencoder of the convolutions of `cnn`. Its output has the shape of its input.
 * @throws ArchitectureError that names the layer which has no transposition
 */
export function transpose(cnn: Cnn, options: TranspositionOptions = {}): Transposition {
  const encoder = traceShapes({ ...cnn, fc: [] });
  const mapped = encoder.map(transposeLayer);
  const keepsOrder = options.layout === "clinicadl" && cnn.inputSize.length === 3;
  const exchanged = keepsOrder ? mapped : exchangeActivations(mapped);
  const entries = resizeNorms(exchanged.toReversed(), encoder.at(-1)?.output ?? cnn.inputSize);

  const autoencoder: Autoencoder = {
    family: "autoencoder",
    architecture: cnn.architecture === "custom" ? "custom" : `AE_${cnn.architecture}`,
    inputSize: cnn.inputSize,
    encoder: cnn.convolutions,
    decoder: sequence(entries.map((entry) => entry.layer)),
    transposedFrom: cnn,
  };
  return { autoencoder, ties: tiesOf(entries, checkedTrace(autoencoder)) };
}

/** The transposition that made `autoencoder`, in whichever layout; undefined for one that was not made by transposition. */
export function transpositionOf({ transposedFrom, decoder }: Autoencoder): Transposition | undefined {
  if (transposedFrom === undefined) return undefined;
  return (["gyrus", "clinicadl"] as const)
    .map((layout) => transpose(transposedFrom, { layout }))
    .find(({ autoencoder }) => JSON.stringify(autoencoder.decoder) === JSON.stringify(decoder));
}

/** A layer of the decoder in the making, still tied to the position of its source in the encoder. */
interface Entry {
  readonly layer: Layer;
  readonly rule: TranspositionRule;
  readonly source: TracedLayer;
  readonly exchangedWith?: TracedLayer;
  readonly resized?: { readonly from: number; readonly to: number };
}

function transposeLayer(source: TracedLayer): Entry {
  const { layer } = source;
  const mirrored = definitionOf(layer).decoding.transposed(layer, sourceOf(source));
  return { layer: mirrored, rule: mirrored === layer ? "copy" : `${layer.kind} -> ${mirrored.kind}`, source };
}

function sourceOf({ layer, path, input, output }: TracedLayer): TransposedSource {
  return {
    text: layerText(layer),
    input,
    output,
    refuse(detail, remedy) {
      throw new ArchitectureError(path, detail, remedy);
    },
  };
}

/**
 * In encoder order: the latest transposed convolution and the latest activation change places as soon as both are known,
 * so that each block of the decoder convolves before its activation. ClinicaDL does so whatever stands between them; here
 * they stay where the exchange would carry a convolution to a place of other shapes, because such a decoder cannot run.
 */
function exchangeActivations(entries: readonly Entry[]): Entry[] {
  const exchanged = [...entries];
  let convolution: number | undefined;
  let activation: number | undefined;
  for (const [position, { layer }] of entries.entries()) {
    const { exchanges } = definitionOf(layer).decoding;
    if (exchanges === "convolution") convolution = position;
    else if (exchanges === "activation") activation = position;
    if (convolution === undefined || activation === undefined) continue;
    if (mayChangePlaces(entries, convolution, activation)) {
      const [moved, kept] = [entries[activation]!, entries[convolution]!];
      exchanged[convolution] = { ...moved, exchangedWith: kept.source };
      exchanged[activation] = { ...kept, exchangedWith: moved.source };
    }
    convolution = undefined;
    activation = undefined;
  }
  return exchanged;
}

function mayChangePlaces(entries: readonly Entry[], convolution: number, activation: number): boolean {
  const between = entries.slice(Math.min(convolution, activation) + 1, Math.max(convolution, activation));
  const { layer: carried } = entries[convolution]!;
  const { decoding } = definitionOf(carried);
  const keepsEveryShape = decoding.exchanges === "convolution" && decoding.keepsEveryShape(carried);
  return between.every(({ layer }) => {
    const { passedBy } = definitionOf(layer).decoding;
    return passedBy === "every convolution" || (passedBy !== "no convolution" && keepsEveryShape);
  });
}

/** In decoder order: each norm takes the channels that reach it, which is ClinicaDL's rule wherever that one works. */
function resizeNorms(entries: readonly Entry[], code: Shape): Entry[] {
  let channels = code[0]!;
  return entries.map((entry) => {
    const { layer } = entry;
    const definition = definitionOf(layer);
    channels = definition.decoding.channels?.(layer) ?? channels;
    if (definition.category !== "normalisation") return entry;
    const resized = definition.decoding.resized(layer, channels, sourceOf(entry.source));
    if (resized === undefined) return entry;
    return { ...entry, layer: resized.layer, resized: { from: resized.from, to: channels } };
  });
}

function checkedTrace(autoencoder: Autoencoder): readonly TracedLayer[] {
  const trace = traceShapes(autoencoder);
  const output = trace.at(-1)?.output ?? autoencoder.inputSize;
  if (!sameShape(output, autoencoder.inputSize))
    throw new ArchitectureError(
      "decoder",
      sentence`it gives ${shapeText(output)} for an input of ${shapeText(autoencoder.inputSize)}.`,
      sentence`Order each block of the convolutions as Conv, BatchNorm, activation, pooling.`,
    );
  return trace;
}

function tiesOf(entries: readonly Entry[], trace: readonly TracedLayer[]): Tie[] {
  const decoderPath = (source: TracedLayer) =>
    `decoder.${entries.findIndex((entry) => entry.source === source)}`;
  return entries.map(({ rule, source, exchangedWith, resized }) => {
    const decoder = decoderPath(source);
    const pool = trace.find((traced) => traced.path === decoder)?.pool;
    return {
      decoder,
      encoder: source.path.replace(/^convolutions/, "encoder"),
      rule,
      ...(exchangedWith === undefined ? {} : { exchangedWith: decoderPath(exchangedWith) }),
      ...(resized === undefined ? {} : { resized }),
      ...(pool === undefined ? {} : { pool }),
    };
  });
}
