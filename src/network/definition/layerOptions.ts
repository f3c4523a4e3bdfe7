/**
 * Options of the layers of one's own, as data: the schema of experiment files, its completion and its reference are made of
 * them, and the types of what an experiment file holds.
 */

/** One size for all axes, or one per axis. */
export type Sizes = number | readonly number[];

interface Described<Value> {
  /** One sentence. */
  readonly description: string;
  readonly default?: Value;
  /** What holds where the option is left out, in words: it may be. */
  readonly absent?: string;
}

export interface SizesOption extends Described<number> {
  readonly type: "sizes";
  readonly smallest: 0 | 1;
}

export interface CountOption extends Described<number> {
  readonly type: "count";
  readonly smallest: 1;
}

export interface NumberOption extends Described<number> {
  readonly type: "number";
  readonly above?: number;
  readonly smallest?: number;
  readonly largest?: number;
  readonly below?: number;
}

export interface FlagOption extends Described<boolean> {
  readonly type: "flag";
}

export type LayerOption = SizesOption | CountOption | NumberOption | FlagOption;
export type LayerOptions = Readonly<Record<string, LayerOption>>;

interface ValueByType {
  readonly sizes: Sizes;
  readonly count: number;
  readonly number: number;
  readonly flag: boolean;
}

export type OptionValue<Option extends LayerOption> = ValueByType[Option["type"]];

/** What a checked experiment file holds of `Options`: defaults filled in, those that may be absent perhaps undefined. */
export type OptionValues<Options extends LayerOptions> = string extends keyof Options
  ? Readonly<Record<string, OptionValue<LayerOption> | undefined>>
  : NamedValues<Options>;

type NamedValues<Options extends LayerOptions> = {
  readonly [Name in keyof Options as Options[Name] extends { readonly absent: string }
    ? never
    : Name]: OptionValue<Options[Name]>;
} & {
  readonly [Name in keyof Options as Options[Name] extends { readonly absent: string } ? Name : never]?:
    | OptionValue<Options[Name]>
    | undefined;
};
