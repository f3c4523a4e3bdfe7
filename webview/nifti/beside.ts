/** A layer in a viewer of its own beside that of the image, in step with it. */
import { css, html, type TemplateResult } from "lit";
import type { Space } from "../../src/space/space";
import type { ShownLayer } from "../shared/volume/blendSlice";
import type { Look } from "../shared/volume/gestures";
import type { IntensityWindow } from "../shared/volume/intensity";
import { summarise } from "../shared/volume/intensity";
import { type LayerLook, usualLook } from "../shared/volume/layerLook";
import type { KeptLayer } from "../shared/volume/layers/layerReader";
import type { LayerStack } from "../shared/volume/layers/layerStack";
import type { ViewerSettings } from "../shared/volume/viewerSettings";
import type { Volume } from "../shared/volume/volume";
import { text } from "./texts";

/** How a layer is seen once it stands beside the image, or lies over it again: images in gray or in colour, others as they are. */
export function lookBeside(layer: KeptLayer, stack: LayerStack, beside: boolean): LayerLook | null {
  const read = stack.of(layer.uri);
  if (layer.look === null || read.kind !== "ready") return layer.look;
  const { volume } = read.source;
  if (read.values !== "image") return { ...layer.look, visible: true };
  const usual = usualLook("image", volume);
  return beside ? { ...usual, colors: "gray", ...summarise(volume).auto } : usual;
}

/**
 * Two viewers side by side: what lies over the image is seen there, `layer` alone here, where it lies in the world of the image.
 *
 * @param image the viewer of the image
 * @param look crosshair and zoom, which both share
 * @param change the window of the layer
 */
export function sideBySide(
  image: TemplateResult,
  name: string,
  layer: ShownLayer,
  shown: { readonly volume: Volume; readonly space: Space; readonly settings: ViewerSettings },
  look: (changed: Look) => void,
  change: (window: IntensityWindow) => void,
): TemplateResult {
  const { low, high } = layer.look;
  return html`<div class="planes pair">
    <section class="one" role="group" aria-label=${name}>
      <h2>${name}</h2>
      ${image}
    </section>
    <section class="one" role="group" aria-label=${text("besideOf", layer.name)}>
      <h2>${layer.name}</h2>
      <gyrus-volume
        class="planes"
        bare
        .volume=${shown.volume}
        .space=${shown.space}
        .settings=${shown.settings}
        .window=${{ low, high }}
        .layers=${[{ ...layer, look: { ...layer.look, opacity: 1 } }]}
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
