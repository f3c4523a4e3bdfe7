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

export const COLUMNS = { maps: 16, layers: 284, output: 692, amount: 826 };
export const LAYERS_WIDTH = 390;

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
