/** The planes of a volume, as every panel shows them, and a second one in step with them. */
import { css, html, type TemplateResult } from "lit";
import type { Space } from "../../../../src/space/space";
import type { Triple } from "../../../../src/space/triple";
import type { ShownLayer } from "../blendSlice";
import type { Look } from "../gestures";
import type { IntensityWindow } from "../intensity";
import { text } from "../layers/texts";
import type { PlaneMark } from "../marks";
import type { Plane, PlaneName } from "../planes";
import type { Volume } from "../volume";
import type { ViewerSettings } from "./viewerSettings";
import "../volumeElement";

/** A volume, and how it is looked at. */
export interface Viewed {
  readonly volume: Volume;
  readonly space: Space;
  readonly settings: ViewerSettings;
  /** What is seen black and white where `settings` follow the volume. */
  readonly auto: IntensityWindow;
  /** The last one is on top. */
  readonly layers: readonly ShownLayer[];
  /** The only plane that is shown; all three when absent or null. */
  readonly only?: PlaneName | null;
  readonly marks?: (plane: Plane, voxel: Triple) => readonly PlaneMark[];
  /** What is said at each plane besides position and value. */
  readonly remark?: string;
  /** For the style sheet of the panel. */
  readonly place?: string;
}

const UNMARKED = () => [];

export const viewer = (
  { volume, space, settings, auto, layers, only = null, marks = UNMARKED, remark = "", place = "" }: Viewed,
  look: (changed: Look) => void,
): TemplateResult => html`<gyrus-volume
  class=${place}
  .volume=${volume}
  .space=${space}
  .only=${only}
  .settings=${settings}
  .window=${settings.window ?? auto}
  .layers=${layers}
  .marks=${marks}
  .remark=${remark}
  @gyrus-look=${({ detail }: CustomEvent<Look>) => look(detail)}
></gyrus-volume>`;

/** What stands beside an image. */
export interface Beside {
  readonly name: string;
  /** The lowest first, which is seen alone in gray or in its colours. */
  readonly layers: readonly [ShownLayer, ...(readonly ShownLayer[])];
  /** The window of the lowest one. */
  readonly change: (window: IntensityWindow) => void;
}

/**
 * The planes of a page, or two viewers side by side: what lies over the image is seen there, what is beside it here alone, where it lies
 * in the world of the image.
 *
 * @param name of the image, which stands over it when there are two
 * @param look crosshair and zoom, which both share
 */
export function viewers(
  viewed: Viewed,
  name: string,
  beside: Beside | null,
  look: (changed: Look) => void,
): TemplateResult {
  const image = viewer({ ...viewed, place: "planes" }, look);
  if (beside === null) return image;
  const { volume, space, settings } = viewed;
  const [lowest, ...above] = beside.layers;
  const { low, high } = lowest.look;
  return html`<div class="planes pair">
    <section class="one" role="group" aria-label=${name}>
      <h2>${name}</h2>
      ${image}
    </section>
    <section class="one" role="group" aria-label=${text("besideOf", beside.name)}>
      <h2>${beside.name}</h2>
      <gyrus-volume
        class="planes"
        bare
        .volume=${volume}
        .space=${space}
        .settings=${settings}
        .window=${{ low, high }}
        .layers=${[{ ...lowest, look: { ...lowest.look, opacity: 1 } }, ...above]}
        @gyrus-look=${({ detail: { window, ...rest } }: CustomEvent<Look>) => {
          look(rest);
          if (window !== undefined && window !== null) beside.change(window);
        }}
      ></gyrus-volume>
    </section>
  </div>`;
}

export const besideStyles = css`
  .pair {
    display: flex;
    min-inline-size: 0;
  }
  .pair .one {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-inline-size: 0;
  }
  .pair .one + .one {
    border-inline-start: 1px solid var(--rim);
  }
  .pair h2 {
    margin: 0;
    padding: 2px 10px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 12px;
    font-weight: 600;
  }
  .pair .planes {
    min-block-size: 0;
  }
`;
