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

export const INSET = 8;

interface Side {
  readonly x: number;
  readonly width: number;
}

/** Where the sides stand. */
export interface Places {
  readonly width: number;
  readonly left: Side;
  readonly right: Side;
  /** Between the sides. */
  readonly inner: { readonly from: number; readonly to: number };
  readonly middle: number;
}

/** Between the sides there is as much room as the words of a rule need, and no more: what is tied together stands together. */
export const WIDE: Places = placesOf(20, 330, 216);
/** For a part of a window: there the same letters are larger. */
export const COMPACT: Places = placesOf(10, 240, 172);

function placesOf(margin: number, side: number, gap: number): Places {
  const left = { x: margin, width: side };
  const right = { x: margin + side + gap, width: side };
  const inner = { from: left.x + side, to: right.x };
  return { width: right.x + side + margin, left, right, inner, middle: (inner.from + inner.to) / 2 };
}
