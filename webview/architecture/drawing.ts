/** What the drawings of an architecture share: places, words, states. */
import type { Join } from "../../src/network/definition/layerDefinition";
import type { DiagramNode } from "../../src/network/drawing/diagram";
import { layerName, settingsWords, shapeWords, short } from "../network/drawing/describe";

export interface DrawingState {
  /** Ids of blocks and groups that are shown as one line. */
  readonly collapsed: ReadonlySet<string>;
  readonly selected: string | null;
  /** Paths that a search found; null when there is none. */
  readonly found: ReadonlySet<string> | null;
}

export interface DrawingWords {
  readonly part: (name: string) => string;
  readonly block: (number: number) => string;
  readonly blocksOf: (count: number, label: string) => string;
  readonly input: string;
  readonly output: string;
  readonly columns: {
    readonly featureMaps: string;
    readonly layers: string;
    readonly output: string;
    readonly parameters: string;
    readonly receptiveField: string;
  };
  readonly wholeInput: string;
  readonly identity: string;
  readonly join: (join: Join) => string;
  readonly layerLabel: (name: string, settings: string, output: string, parameters: string) => string;
  readonly blockLabel: (name: string, label: string, output: string, parameters: string) => string;
  readonly partLabel: (name: string, parameters: string) => string;
}

/** Where the columns begin, and how wide is what stands in them. */
export interface Columns {
  readonly maps: number;
  readonly layers: number;
  readonly output: number;
  readonly amount: number;
  readonly layersWidth: number;
  /** Of the bar of the layer with the most parameters. */
  readonly amountWidth: number;
  /** Pixels of the largest feature map. */
  readonly mapRoom: number;
  /** Of the whole drawing. */
  readonly width: number;
}

export const WIDE: Columns = {
  ...{ maps: 16, layers: 284, output: 692, amount: 826 },
  ...{ layersWidth: 390, amountWidth: 60, mapRoom: 88, width: 1044 },
};
/** For a part of a window: there the same letters are larger. */
export const COMPACT: Columns = {
  ...{ maps: 8, layers: 232, output: 492, amount: 604 },
  ...{ layersWidth: 250, amountWidth: 28, mapRoom: 48, width: 780 },
};

export function labelOf(node: DiagramNode, words: DrawingWords): string {
  const { output, parameters } = node;
  return words.layerLabel(layerName(node), settingsWords(node), shapeWords(output), short(parameters));
}

export function statesOf({ path }: DiagramNode, { selected, found }: DrawingState): readonly string[] {
  const states = selected === path ? ["selected"] : [];
  if (found === null) return states;
  return [...states, found.has(path) ? "found" : "faded"];
}

/** "94 × 94 × 94", or "94³" when all axes agree. */
export function sizesWords(sizes: readonly number[]): string {
  const same = sizes.length > 1 && sizes.every((size) => size === sizes[0]);
  return same ? `${sizes[0]}${sizes.length === 3 ? "³" : "²"}` : sizes.join(" × ");
}
