/** What a loss says of itself. Engines add how they compute it for a batch, with its gradient: one function each. */
import type { Task } from "../task";

/** What comes out within a network for one sample, by its name (`features` of a CNN, `code` of an autoencoder), row-major. */
export type InnerValues = ReadonlyMap<string, Float32Array>;

/** What a loss adds for what comes out within the network. */
export interface InnerTerm {
  /** The inner outputs that it needs. */
  readonly reads: readonly string[];
  ofSample(inner: InnerValues): number;
}

interface Described {
  readonly tasks: readonly Task[];
  /** For the reference and the editor: what it measures. */
  readonly text: string;
  /** Default: it looks at the answer alone. */
  readonly inner?: InnerTerm;
}

/** Compares one output a class with the code of the class that it should have been. */
export interface ClassLoss extends Described {
  readonly target: "classes";
  /** Of one sample, unweighted by class. */
  ofSample(logits: Float32Array, code: number): number;
  /** Probabilities of the classes. */
  decode(logits: Float32Array): number[];
}

/** A positive number that shapes a loss, by PyTorch's name. */
export interface LossOption {
  readonly default: number;
  readonly text: string;
}

export type LossOptions = Readonly<Record<string, LossOption>>;
export type OptionValues<Options extends LossOptions> = { readonly [Name in keyof Options]: number };

/** Compares each element of the output with what it should have been; its mean over all elements is the loss. */
export interface ValueLoss<Options extends LossOptions = LossOptions> extends Described {
  readonly target: "values";
  readonly options: Options;
  /** @param error output - target */
  ofElement(error: number, options: OptionValues<Options>): number;
}

/** A loss as it is given, its options named in its formula. */
export const valueLoss = <Options extends LossOptions>(loss: Omit<ValueLoss<Options>, "target">) => ({
  ...loss,
  target: "values" as const,
});
