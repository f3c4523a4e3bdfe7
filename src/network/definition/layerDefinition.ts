/**
 * What there is to say about a kind of layer. Each kind says all of it in one file (`layers/<kind>.ts`); what the rest of the
 * program knows of layers is a walk over these definitions, so that no other place decides by the kind of a layer.
 *
 * Members that take a layer are methods, whose parameters TypeScript compares both ways: only so can the definition of a
 * layer be looked up by its kind (`definitionOf`) and be applied to it.
 */
import type { Sentence } from "../sentence";
import type { PerAxis, Shape } from "../shapes/axes";
import type { DiagramAttribute } from "./attributes";
import type { LayerOptions, OptionValues } from "./layerOptions";
import type { OwnParameter } from "./ownParameters";
import type { Field, ReceptiveField } from "./receptiveFields";
import type { SettingChecks } from "./settingChecks";

/** A layer of whichever kind. The definitions cannot name the union of all kinds, which is made of them. */
export interface AnyLayer {
  readonly kind: string;
}

/** A layer and its name in the state dict: usually its position ("0", "1", ...), sometimes a word ("conv1", "fc_out"). */
export interface Named<L extends AnyLayer> {
  readonly name: string;
  readonly layer: L;
}

export type SequenceOf<L extends AnyLayer> = readonly Named<L>[];

/** Layers named by their positions, as torch.nn.Sequential names them: "0", "1", ... */
export function sequence<const L extends AnyLayer>(layers: readonly L[]): SequenceOf<L> {
  return layers.map((layer, position) => ({ name: `${position}`, layer }));
}

/** What a layer does, for its colour in a diagram. */
export type Category =
  | "convolution"
  | "normalisation"
  | "activation"
  | "pooling"
  | "linear"
  | "reshaping"
  | "residual";

/**
 * @template L the layer
 * @template Mirror what it becomes in a decoder
 * @template Options descriptors of its options in an experiment file; undefined where users cannot ask for it
 * @template Inner layers that its branches hold
 */
export type LayerDefinition<
  L extends AnyLayer,
  Mirror extends AnyLayer = L,
  Options extends LayerOptions | undefined = undefined,
  Inner extends AnyLayer = never,
> =
  | SimpleDefinition<L, Mirror, Options>
  | NormDefinition<L, Mirror, Options>
  | BranchedDefinition<L, Mirror, Options, Inner>;

interface CommonDefinition<
  L extends AnyLayer,
  Mirror extends AnyLayer,
  Options extends LayerOptions | undefined,
> {
  readonly kind: L["kind"];
  /** As a layer of one's own in an experiment file. */
  readonly own: Options extends LayerOptions ? OwnLayer<L, Options> : undefined;
  /** The settings by themselves, whatever the input: whole numbers, in the ranges that PyTorch takes. */
  checkSettings(layer: L, check: SettingChecks): void;
  /** In one line, as PyTorch prints it where PyTorch has such a line. */
  text(layer: L): string;
  /** What distinguishes it from others of its kind, in PyTorch's words. */
  attributes(layer: L): readonly DiagramAttribute[];
  /**
   * Whether a block of a diagram begins with it: always, never, or unless an unpool has begun one that still waits for its
   * convolution.
   */
  readonly opensBlock: "always" | "never" | "unless awaited";
  readonly decoding: Decoding<L, Mirror>;
}

interface OperationDefinition<
  L extends AnyLayer,
  Mirror extends AnyLayer,
  Options extends LayerOptions | undefined,
> extends CommonDefinition<L, Mirror, Options> {
  readonly branches?: undefined;
  /** @throws ShapeError, by `input.refuse` */
  outputShape(layer: L, input: LayerInput): Shape;
  /** Its entries of the state dict in PyTorch's order, which is the order in which they are drawn, too. */
  parameters(layer: L): readonly OwnParameter[];
  /** What one value of its output sees, when one of its input sees `field`. */
  receptiveField(layer: L, field: Field, input: PerAxis, output: PerAxis): ReceptiveField;
  /** A pool whose indices an unpool can take. */
  remembers?(layer: L, input: Shape): RememberedWindows;
  /** An unpool: what it makes of its input with the indices of `pool`. */
  answer?(layer: L, input: LayerInput, pool: AnsweredPool): Answer;
  /** A layer that ClinicaDL builds of others: as PyTorch prints the module and those inside it. */
  modules?(layer: L, padding: PerAxis): { readonly title: string; readonly lines: readonly string[] };
}

/** A layer of one operation that is no norm. */
export interface SimpleDefinition<
  L extends AnyLayer,
  Mirror extends AnyLayer = L,
  Options extends LayerOptions | undefined = undefined,
> extends OperationDefinition<L, Mirror, Options> {
  readonly category: Exclude<Category, "normalisation">;
}

/** A layer that brings its input to a common mean and variance. */
export interface NormDefinition<
  L extends AnyLayer,
  Mirror extends AnyLayer,
  Options extends LayerOptions | undefined,
> extends OperationDefinition<L, Mirror, Options> {
  readonly category: "normalisation";
  /** Refuses a batch in which it would see a single value, as PyTorch does when it trains. */
  checkTrainable(layer: L, input: LayerInput, batchSize: number): void;
  readonly decoding: NormDecoding<L, Mirror>;
}

/** A layer of several ways from its input, whose ends are joined. */
export interface BranchedDefinition<
  L extends AnyLayer,
  Mirror extends AnyLayer,
  Options extends LayerOptions | undefined,
  Inner extends AnyLayer,
> extends CommonDefinition<L, Mirror, Options> {
  readonly category: Exclude<Category, "normalisation">;
  /** In the order of the state dict. */
  branches(layer: L): readonly Branch<Inner>[];
  readonly join: Join;
  /** Name of a layer that follows the join and has none in the state dict. */
  readonly after?: string;
  /** Class of the module in PyTorch. */
  readonly moduleName: string;
}

/** Values of one place are added or multiplied; channels are put one after the other. */
export type Join = "add" | "concatenate" | "multiply";

export interface Branch<Inner extends AnyLayer> {
  readonly name: string;
  /** Between the path of the layer and the names of `layers`: "downsample", or nothing. */
  readonly prefix: string;
  /** None: the input as it is. */
  readonly layers: SequenceOf<Inner>;
}

/** What reaches a layer. */
export interface LayerInput {
  readonly shape: Shape;
  /** @throws ShapeError that names the layer and its input */
  refuse(problem: Sentence, remedy: Sentence): never;
}

/** Windows of a pool, by which an unpool knows it. */
export interface RememberedWindows {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  /** Zeros that it put before each axis, if it is of those that do. */
  readonly before?: PerAxis;
}

/** A pool whose indices wait for an unpool. */
export interface AnsweredPool extends RememberedWindows {
  readonly kind: string;
  readonly path: string;
  readonly text: string;
  readonly input: Shape;
  readonly output: Shape;
}

export interface Answer {
  readonly output: Shape;
  /** Planes dropped at the beginning of each axis. */
  readonly before?: PerAxis;
}

/** What becomes of a layer in the decoder that transposition makes. */
export type Decoding<L extends AnyLayer, Mirror extends AnyLayer> =
  | PlacedDecoding<L, Mirror>
  | ConvolutionDecoding<L, Mirror>;

interface CommonDecoding<L extends AnyLayer, Mirror extends AnyLayer> {
  /** The layer that takes its place; itself, if it is copied. @throws ArchitectureError where there is none */
  transposed(layer: L, source: TransposedSource): Mirror;
  /** The latest convolution and the latest activation change places, so that a block convolves before its activation. */
  readonly exchanges: "convolution" | "activation" | "nothing";
  /** Which convolutions may be carried past it by such an exchange. */
  readonly passedBy: "every convolution" | "convolutions that keep every shape" | "no convolution";
  /** Channels that follow, where it changes them. */
  channels?(layer: L): number;
}

interface PlacedDecoding<L extends AnyLayer, Mirror extends AnyLayer> extends CommonDecoding<L, Mirror> {
  readonly exchanges: "activation" | "nothing";
}

interface ConvolutionDecoding<L extends AnyLayer, Mirror extends AnyLayer> extends CommonDecoding<L, Mirror> {
  readonly exchanges: "convolution";
  /** Whether it gives back the shape of its input, whatever the spatial size. */
  keepsEveryShape(layer: L): boolean;
  channels(layer: L): number;
}

interface NormDecoding<L extends AnyLayer, Mirror extends AnyLayer> extends PlacedDecoding<L, Mirror> {
  /** For the channels that reach it. Undefined where it has them already. */
  resized(
    layer: L,
    channels: number,
    source: TransposedSource,
  ): { readonly from: number; readonly layer: L } | undefined;
}

/** The layer of the encoder. */
export interface TransposedSource {
  /** In one line. */
  readonly text: string;
  readonly input: Shape;
  readonly output: Shape;
  /** @throws ArchitectureError that names the layer */
  refuse(detail: Sentence, remedy: Sentence): never;
}

/** A layer as users ask for it in an experiment file. */
export interface OwnLayer<L extends AnyLayer, Options extends LayerOptions> {
  /** One sentence for the completion. */
  readonly description: string;
  /** By PyTorch's names. */
  readonly options: Options;
  /** @throws ArchitectureError that names the place in the list */
  make(options: OptionValues<Options>, place: OwnPlace): L;
  /** Whether the last of its kind in `fc` gives the answer, whose size it then takes. */
  readonly givesAnswer?: true;
}

export interface OwnPlace {
  /** "fc[2]" */
  readonly where: string;
  readonly input: Shape;
  /** The dropout of the experiment. */
  readonly dropout: number;
  /** Size of the answer, for the layer that gives it. */
  readonly answerSize: number | undefined;
}
