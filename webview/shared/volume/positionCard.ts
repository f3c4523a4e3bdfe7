import { css, html, nothing, type TemplateResult } from "lit";
import { toVoxel, toWorld } from "../../../src/space/affine";
import type { Space } from "../../../src/space/space";
import { AXES, type Triple } from "../../../src/space/triple";
import { numberField } from "../numberField";
import { textOf } from "../text";
import type { ShownLayer } from "./blendSlice";
import { layerValue } from "./layerValue";
import { volumeStrings } from "./strings";
import { clampVoxel, replaceAxis, type Volume, valueText } from "./volume";

const text = textOf(volumeStrings);
const VOXEL_AXES = ["i", "j", "k"] as const;
const WORLD_AXES = ["x", "y", "z"] as const;
const OBLIQUE = 1;

/** Where the crosshair is, in voxels and in millimetres, and what is there; either can be typed. */
export function positionCard(
  volume: Volume,
  space: Space,
  voxel: Triple,
  move: (voxel: Triple) => void,
  layers: readonly ShownLayer[] = [],
): TemplateResult {
  const world = toWorld(space.affine, voxel);
  return html`<section class="card position" aria-label=${text("position")}>
    <h2>${text("position")}</h2>
    <div class="grid">
      <span>${text("voxel")}</span>
      ${AXES.map((axis) =>
        numberField(
          {
            label: text("voxelAxis", VOXEL_AXES[axis]!),
            value: voxel[axis],
            min: 0,
            max: volume.size[axis] - 1,
          },
          (typed) => move(clampVoxel(replaceAxis(voxel, axis, typed), volume.size)),
        ),
      )}
      ${
        space.known
          ? html`<span>${text("world")}</span>
              ${AXES.map((axis) =>
                numberField(
                  {
                    label: text("worldAxis", WORLD_AXES[axis]!),
                    value: world[axis],
                    shown: world[axis].toFixed(1),
                    step: "any",
                  },
                  (typed) =>
                    move(clampVoxel(toVoxel(space.affine, replaceAxis(world, axis, typed)), volume.size)),
                ),
              )}`
          : nothing
      }
      <span>${text("value")}</span>
      <output class="numeric">${valueText(volume, voxel)}</output>
      ${layers.map(
        (layer) => html`<span class="layer" title=${layer.name}>${layer.name}</span>
          <output class="numeric">${layerValue(layer, voxel)}</output>`,
      )}
    </div>
    ${space.known ? nothing : html`<p class="muted">${text("orientationUnknown")}</p>`}
    ${
      space.known && space.obliquity > OBLIQUE
        ? html`<p class="muted">${text("oblique", space.obliquity.toFixed(1))}</p>`
        : nothing
    }
  </section>`;
}

export const positionCardStyles = css`
  .position .grid {
    display: grid;
    grid-template-columns: max-content repeat(3, minmax(0, 1fr));
    align-items: center;
    gap: 4px;
  }
  .position .grid > span {
    margin-inline-end: 8px;
    white-space: nowrap;
    color: var(--muted);
  }
  .position .grid > .layer {
    max-inline-size: 14ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .position output {
    grid-column: 2 / 5;
    padding-inline: 6px;
    text-align: end;
    font-weight: 600;
  }
`;
