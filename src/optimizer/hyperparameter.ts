/**
 * What can be set about an optimizer besides its learning rate and its weight decay, as plain descriptions: the keys of
 * experiment files, their checks and their documentation are made of them.
 */
export interface Bounds {
  readonly least?: number;
  readonly most?: number;
  readonly below?: number;
}

interface Described {
  /** One sentence for the user. */
  readonly text: string;
}

export type Hyperparameter = Described &
  (
    | { readonly kind: "number"; readonly default: number; readonly bounds: Bounds }
    | { readonly kind: "pair"; readonly default: readonly [number, number]; readonly bounds: Bounds }
    | { readonly kind: "flag"; readonly default: boolean }
  );

/** By PyTorch's names, in the order in which PyTorch writes them. */
export type Hyperparameters = Readonly<Record<string, Hyperparameter>>;

export type HyperparameterValue = number | boolean | readonly [number, number];

/** A value for each of `Known`. */
export type Settings<Known extends Hyperparameters = Hyperparameters> = {
  readonly [Name in keyof Known]: Known[Name]["kind"] extends "number"
    ? number
    : Known[Name]["kind"] extends "pair"
      ? readonly [number, number]
      : Known[Name]["kind"] extends "flag"
        ? boolean
        : HyperparameterValue;
};

const SHARE = { least: 0, below: 1 } as const;

export const BETAS = {
  kind: "pair",
  default: [0.9, 0.999],
  bounds: SHARE,
  text: "Shares of the past in the moving averages of the gradient and of its square.",
} as const;

export const AMSGRAD = {
  kind: "flag",
  default: false,
  text: "Divide by the largest average of squares so far, so that steps never grow again (AMSGrad).",
} as const;

/** What keeps a denominator from being zero. */
export const epsilon = (value: number) =>
  ({
    kind: "number",
    default: value,
    bounds: { least: 0 },
    text: "Added to the denominator, so that it is never zero.",
  }) as const;
