/** What the parts of the drawing share: places and words. */
import type { Join } from "../../src/network/definition/layerDefinition";

/** Words of the drawing, in the language of the user. */
export interface TranspositionWords {
  readonly encoder: string;
  readonly decoder: string;
  readonly input: string;
  readonly output: string;
  readonly code: string;
  readonly indices: string;
  readonly padding: (planes: string) => string;
  readonly noPadding: string;
  readonly exchange: string;
  readonly resized: (from: number, to: number) => string;
  readonly copied: string;
  /** Beside a way without layers. */
  readonly identity: string;
  readonly join: (join: Join) => string;
  readonly layerLabel: (name: string, settings: string, output: string) => string;
}

export const WIDTH = 1060;
export const LEFT = { x: 24, width: 330 };
export const RIGHT = { x: WIDTH - 24 - 330, width: 330 };
export const INNER = { from: LEFT.x + LEFT.width, to: RIGHT.x };
export const MIDDLE = (INNER.from + INNER.to) / 2;
export const INSET = 8;
