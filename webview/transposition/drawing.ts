import type { TreeItem } from "../network/drawing/treeItem";

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
  readonly layerLabel: (name: string, settings: string, output: string) => string;
}

export interface TranspositionDrawing {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
  readonly items: readonly TreeItem[];
}
