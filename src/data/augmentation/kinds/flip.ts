import { BODY_AXES, type NamedAxis } from "../../../experiment/schema/spatialAugmentation";
import { mapLines } from "../grid";
import type { AugmentationKind, InputFrame } from "../kind";

export interface FlipSettings {
  readonly axes: readonly NamedAxis[];
}

export interface DrawnFlip {
  readonly kind: "flip";
  /** Axes of the input, rising. */
  readonly axes: readonly number[];
}

/** Mirrors the voxels about the middle of the input, along some axes; the affine stays, so that left becomes right. Nothing is drawn. */
export const flip: AugmentationKind<FlipSettings, DrawnFlip> = {
  draw: ({ axes }, image) => {
    const meant = new Set(axes.map((axis) => axisOfInput(axis, image)));
    return { kind: "flip", axes: image.grid.axes.filter((axis) => meant.has(axis)) };
  },

  apply(values, grid, { axes }) {
    for (const axis of axes) {
      mapLines(values, grid, axis, (line, result) => {
        result.set(line);
        result.reverse();
      });
    }
  },
};

/** -1 where the input has no such axis. */
export const axisOfInput = (axis: NamedAxis, { worldAxes }: Pick<InputFrame, "worldAxes">): number =>
  typeof axis === "number" ? axis : worldAxes.findIndex((world) => BODY_AXES[world] === axis);
