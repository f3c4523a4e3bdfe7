/** Networks that nobody thought of: layers and their settings drawn from a seed, of everything that an experiment can ask for. */
import { layerListSchema } from "../../../src/experiment/schema/customArchitecture";
import { ArchitectureError } from "../../../src/network/architectureError";
import { buildNetwork } from "../../../src/network/building/build";
import type { Layer, LayerKind } from "../../../src/network/layer";
import type { Network } from "../../../src/network/network";
import { checkTrainable, flattenTrace, traceShapes } from "../../../src/network/shapes/shape";
import { RandomGenerator } from "../../../src/network/weights/random";

export const BATCH_SIZE = 3;

const TASKS = ["classification", "regression", "reconstruction"] as const;

export interface RandomNetwork {
  readonly network: Network;
  readonly task: (typeof TASKS)[number];
  /** Of all its layers, those within blocks among them. */
  readonly kinds: ReadonlySet<LayerKind>;
  /** Whether its loss has a derivative everywhere. */
  readonly smooth: boolean;
}

type Drawn = Readonly<Record<string, unknown>>;

class Draw {
  readonly #random: RandomGenerator;

  constructor(seed: number) {
    this.#random = new RandomGenerator(seed);
  }

  /** From `first` to `last`. */
  whole(first: number, last: number): number {
    return first + this.#random.integer(last - first + 1);
  }

  wholes(count: number, first: number, last: number): number[] {
    return Array.from({ length: count }, () => this.whole(first, last));
  }

  oneIn(count: number): boolean {
    return this.#random.integer(count) === 0;
  }

  of<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.#random.integer(choices.length)]!;
  }
}

/** The network of a seed. What fits no image, cannot be trained or cannot be turned round is drawn again. */
export function randomNetwork(seed: number): RandomNetwork {
  const draw = new Draw(seed);
  const task = TASKS[seed % TASKS.length]!;
  for (;;) {
    try {
      const network = drawnNetwork(draw, task);
      checkTrainable(network, BATCH_SIZE);
      const layers = flattenTrace(traceShapes(network)).map(({ layer }) => layer);
      return {
        network,
        task,
        kinds: new Set(layers.map(({ kind }) => kind)),
        smooth: !layers.some(hasKinks),
      };
    } catch (error) {
      if (!(error instanceof ArchitectureError)) throw error;
    }
  }
}

function hasKinks(layer: Layer): boolean {
  const kinks: readonly LayerKind[] = ["ReLU", "LeakyReLU", "MaxPool", "PadMaxPool", "ResidualBlock"];
  return kinks.includes(layer.kind) || (layer.kind === "ELU" && layer.alpha !== 1);
}

function drawnNetwork(draw: Draw, task: RandomNetwork["task"]): Network {
  const axes = draw.whole(2, 3);
  const smooth = draw.oneIn(2);
  const blocks = draw
    .wholes(draw.whole(1, 3), 1, 8)
    .map((channels) => block(draw, { axes, channels, smooth }));
  const flat = [
    { layer: "Flatten" },
    { layer: "Linear", out_features: draw.whole(2, 7), bias: draw.oneIn(2) },
    activation(draw, smooth),
    ...(draw.oneIn(2) ? [{ layer: "Dropout" }] : []),
  ];
  const layers =
    task === "reconstruction"
      ? { convolutions: [...blocks.flat(), ...(draw.oneIn(2) ? flat : [])] }
      : { convolutions: blocks.flat(), fc: [...flat, { layer: "Linear" }] };
  return buildNetwork({
    architecture: layerListSchema.parse(layers),
    inputSize: [draw.whole(1, 3), ...draw.wholes(axes, 5, axes === 3 ? 9 : 14)],
    outputSize: task === "classification" ? draw.whole(2, 4) : 1,
    dropout: 0.3,
    latentSpaceSize: draw.whole(2, 5),
    task,
  });
}

interface BlockDraw {
  readonly axes: number;
  readonly channels: number;
  readonly smooth: boolean;
}

function block(draw: Draw, { axes, channels, smooth }: BlockDraw): Drawn[] {
  if (!smooth && draw.oneIn(4))
    return [{ layer: "ResidualBlock", out_channels: channels, stride: draw.whole(1, 2) }];
  const norms: Drawn[] = [
    { layer: "BatchNorm", momentum: draw.of([0.1, 0.4]) },
    { layer: "BatchNorm" },
    { layer: "GroupNorm", num_groups: draw.of([1, 2, channels]), affine: draw.oneIn(2) },
    { layer: "InstanceNorm", affine: draw.oneIn(2) },
  ];
  return [
    convolution(draw, axes, channels),
    ...(draw.oneIn(4) ? [] : [draw.of(norms)]),
    ...(draw.oneIn(5) ? [] : [activation(draw, smooth)]),
    ...(draw.oneIn(3) ? [] : [pool(draw, axes, smooth)]),
    ...(draw.oneIn(4) ? [{ layer: "Dropout", p: 0.2 }] : []),
  ];
}

/** Half of them as most networks have them, which the engines have fast forms for. */
function convolution(draw: Draw, axes: number, channels: number): Drawn {
  const usual = { layer: "Conv", out_channels: channels, bias: draw.oneIn(2) };
  if (draw.oneIn(2)) return { ...usual, kernel_size: 3, padding: 1 };
  return {
    ...usual,
    kernel_size: draw.wholes(axes, 1, 4),
    stride: draw.wholes(axes, 1, 2),
    padding: draw.wholes(axes, 0, 2),
    dilation: draw.wholes(axes, 1, 2),
    groups: draw.of([1, 1, 2, 3]),
  };
}

function activation(draw: Draw, smooth: boolean): Drawn {
  const kinds = ["Tanh", "Sigmoid", "ELU", "GELU", "SiLU"].map((layer) => ({ layer }));
  const withKinks = [
    ...["ReLU", "ReLU", "ReLU"].map((layer) => ({ layer })),
    { layer: "LeakyReLU", negative_slope: 0.2 },
    { layer: "ELU", alpha: 0.5 },
  ];
  return draw.of<Drawn>(smooth ? kinds : [...kinds, ...withKinks]);
}

function pool(draw: Draw, axes: number, smooth: boolean): Drawn {
  const [kernel_size, stride] = [draw.wholes(axes, 2, 3), draw.wholes(axes, 1, 3)];
  const means: Drawn[] = [
    { layer: "AvgPool", kernel_size, stride, padding: draw.whole(0, 1), count_include_pad: draw.oneIn(2) },
    { layer: "AdaptiveAvgPool", output_size: draw.wholes(axes, 1, 4) },
  ];
  const maxima: Drawn[] = [
    { layer: "MaxPool", kernel_size, stride, padding: draw.whole(0, 1) },
    { layer: "MaxPool", kernel_size: 2 },
    { layer: "PadMaxPool", kernel_size, stride },
    { layer: "PadMaxPool", kernel_size: 2 },
  ];
  return draw.of(smooth ? means : [...means, ...maxima]);
}
