/** What may be drawn over a slice, in cells of its plane: the left edge of the first column is 0. */

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a shape matters: one of many, the one that is meant, or that one where it lies on other slices. */
export type Emphasis = "one" | "current" | "elsewhere";

export type PlaneMark =
  /** Voxels that do not count. */
  | { readonly kind: "shade"; readonly rects: readonly Rect[] }
  | { readonly kind: "boxes"; readonly rects: readonly Rect[]; readonly emphasis: Emphasis }
  /** Edges between cells: x0, y0, x1, y1 of each. */
  | { readonly kind: "outline"; readonly edges: readonly number[]; readonly emphasis: Emphasis };
