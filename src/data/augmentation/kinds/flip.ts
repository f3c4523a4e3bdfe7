import { BODY_AXES, type NamedAxis } from "../../../experiment/schema/spatialAugmentation";
import { affineOfColumns } from "../../../space/affine";
import { type Axis, tripleOf } from "../../../space/triple";
import { mapLines } from "../grid";
import type { InputFrame, MovingKind } from "../kind";
import { unmoved } from "../movement";

export interface FlipSettings {
  readonly axes: readonly NamedAxis[];
}

export interface DrawnFlip {
  readonly kind: "flip";
  /** Axes of the input, rising. */
  readonly axes: readonly number[];
}

/** Mirrors the voxels about the middle of the input, along some axes; the affine stays, so that left becomes right. Nothing is drawn. */
export const flip: MovingKind<FlipSettings, DrawnFlip> = {
  draw: ({ axes }, image) => {
    const meant = new Set(axes.map((axis) => axisOfInput(axis, image)));
    return { kind: "flip", axes: image.grid.axes.filter((axis) => meant.has(axis)) };
  },

  movement: ({ axes }, { size }) => {
    const mirrored = (axis: Axis) => axes.includes(axis);
    const column = (axis: Axis) => tripleOf((row) => (row !== axis ? 0 : mirrored(axis) ? -1 : 1));
    const origin = tripleOf((axis) => (mirrored(axis) ? size[axis] - 1 : 0));
    return { ...unmoved, pull: affineOfColumns([column(0), column(1), column(2)], origin) };
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
