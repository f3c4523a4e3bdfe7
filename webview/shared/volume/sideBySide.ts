/** A second viewer beside that of the image, in step with it. */
import { css, html, type TemplateResult } from "lit";
import type { Space } from "../../../src/space/space";
import type { ShownLayer } from "./blendSlice";
import type { Look } from "./gestures";
import type { IntensityWindow } from "./intensity";
import { text } from "./layers/texts";
import type { ViewerSettings } from "./viewerSettings";
import type { Volume } from "./volume";
import "./volumeElement";

/** What stands beside an image. */
export interface Beside {
  readonly name: string;
  /** The lowest first, which is seen alone in gray or in its colours. */
  readonly layers: readonly [ShownLayer, ...(readonly ShownLayer[])];
}

/**
 * Two viewers side by side: what lies over the image is seen there, what is beside it here alone, where it lies in the world of the image.
 *
 * @param image the viewer of the image, called `name`
 * @param look crosshair and zoom, which both share
 * @param change the window of the lowest layer
 */
export function sideBySide(
  image: TemplateResult,
  name: string,
  { name: other, layers: [lowest, ...above] }: Beside,
  shown: { readonly volume: Volume; readonly space: Space; readonly settings: ViewerSettings },
  look: (changed: Look) => void,
  change: (window: IntensityWindow) => void,
): TemplateResult {
  const { low, high } = lowest.look;
  return html`<div class="planes pair">
    <section class="one" role="group" aria-label=${name}>
      <h2>${name}</h2>
      ${image}
    </section>
    <section class="one" role="group" aria-label=${text("besideOf", other)}>
      <h2>${other}</h2>
      <gyrus-volume
        class="planes"
        bare
        .volume=${shown.volume}
        .space=${shown.space}
        .settings=${shown.settings}
        .window=${{ low, high }}
        .layers=${[{ ...lowest, look: { ...lowest.look, opacity: 1 } }, ...above]}
        @gyrus-look=${({ detail: { window, ...rest } }: CustomEvent<Look>) => {
          look(rest);
          if (window !== undefined && window !== null) change(window);
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
