/** What an optimizer is: one object that says all that tells it from the others. */
import type { Arithmetic } from "./arithmetic";
import type { Hyperparameters, Settings } from "./hyperparameter";

export interface OptimizerDefinition<Known extends Hyperparameters = Hyperparameters> {
  /** One sentence for the user, with the source of the formula. */
  readonly text: string;
  /** PyTorch's default of the learning rate. */
  readonly usualRate: number;
  readonly hyperparameters: Known;
  /** What weight decay does: it is added to the gradient (L2), or the formula shrinks the weights by itself. */
  readonly weightDecay: "gradient" | "weights";
  /** Values that cannot stand together, although each of them is allowed. */
  readonly conflict?: {
    /** What would have to be, in words. */
    readonly text: string;
    arises(settings: Settings<Known>): boolean;
  };
  rule(settings: Settings<Known>): UpdateRule;
}

/** Gives a definition the types of its own hyperparameters. */
export function defineOptimizer<Known extends Hyperparameters>(
  definition: OptimizerDefinition<Known>,
): OptimizerDefinition<Known> {
  return definition;
}

type Numbers = Readonly<Record<string, number>>;
type Flags = Readonly<Record<string, boolean>>;

/** An optimizer with its settings: what is kept of a parameter, and how a step is made. */
export interface UpdateRule<
  Moments extends Numbers = Numbers,
  Scalars extends Numbers = Numbers,
  Constants extends Numbers = Numbers,
  Switches extends Flags = Flags,
> {
  /** What all values of the arrays kept for a parameter are before its first step, by PyTorch's names of the arrays. */
  readonly moments: Moments;
  /** The single numbers kept for a parameter besides the number of its steps, before its first one, by PyTorch's names. */
  initialScalars?(learningRate: number): Scalars;
  /** Begins a step of one parameter: the numbers that the formula takes, which are those of all its values. */
  begin(step: ParameterStep<Scalars>): BegunStep<Scalars, Constants, Switches>;
  /** New weights and moments of old ones, value by value, with PyTorch's operations in PyTorch's order. */
  formula<T>(o: Arithmetic<T>, values: FormulaValues<T, Moments, Constants, Switches>): Stepped<T, Moments>;
}

export interface ParameterStep<Scalars extends Numbers = Numbers> {
  /** 1 in the first step of the parameter. */
  readonly step: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Rounded to float32, as PyTorch keeps them. */
  readonly scalars: Scalars;
}

export interface BegunStep<
  Scalars extends Numbers = Numbers,
  Constants extends Numbers = Numbers,
  Switches extends Flags = Flags,
> {
  readonly constants: Constants;
  /** Which form the formula has in this step. */
  readonly switches?: Switches;
  /** For the next step. */
  readonly scalars?: Scalars;
}

export interface FormulaValues<
  T,
  Moments extends Numbers = Numbers,
  Constants extends Numbers = Numbers,
  Switches extends Flags = Flags,
> {
  readonly weights: T;
  readonly gradient: T;
  readonly moments: { readonly [Name in keyof Moments]: T };
  readonly constants: { readonly [Name in keyof Constants]: T };
  readonly switches: Switches;
}

export interface Stepped<T, Moments extends Numbers = Numbers> {
  readonly weights: T;
  readonly moments: { readonly [Name in keyof Moments]: T };
}

/** Gives a rule the types of what it keeps itself. */
export function defineRule<
  Moments extends Numbers,
  Scalars extends Numbers,
  Constants extends Numbers,
  Switches extends Flags,
>(rule: UpdateRule<Moments, Scalars, Constants, Switches>): UpdateRule {
  return rule;
}
