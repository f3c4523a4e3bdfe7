/** Layers over the image, the top one first: how each is seen. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Interpolation } from "../../../../src/space/sampling";
import { controlValue } from "../../events";
import { type IconName, icon } from "../../icon";
import { numberField } from "../../numberField";
import { formatValue } from "../../numbers";
import { LAYER_COLORS } from "../colorMap";
import { proper } from "../intensity";
import type { LayerLook } from "../layerLook";
import { clamp } from "../volume";
import { colorBar } from "./colorBar";
import type { KeptLayer } from "./layerReader";
import type { LayerStack } from "./layerStack";
import { text } from "./texts";

const INTERPOLATIONS = ["nearest", "linear", "cubic"] as const satisfies Interpolation[];

/** A layer that stands beside the image instead of over it. */
export interface Beside {
  /** URI of the layer; null: all lie over the image. */
  readonly uri: string | null;
  put(layer: KeptLayer): void;
}

/** @param add asks the user for another one; @param beside where the view has room for a second viewer */
export function layersCard(
  layers: readonly KeptLayer[],
  stack: LayerStack,
  add: () => void,
  beside: Beside | null = null,
): TemplateResult {
  return html`<section class="card layers" aria-label=${text("layers")}>
    <h2>${text("layers")}</h2>
    ${layers.map((layer, place) => layerGroup(layer, stack, [place > 0, place < layers.length - 1], beside)).toReversed()}
    <vscode-button secondary title=${text("addLayerHelp")} @click=${add}>${text("addLayer")}</vscode-button>
  </section>`;
}

/** `mayMove`: down, and up. */
function layerGroup(
  layer: KeptLayer,
  stack: LayerStack,
  [mayFall, mayRise]: readonly [boolean, boolean],
  beside: Beside | null,
): TemplateResult {
  const { uri, name, look } = layer;
  const read = stack.of(uri);
  const ready = read.kind === "ready" && look !== null;
  return html`<div class="layer" role="group" aria-label=${name}>
    <div class="head">
      ${
        ready
          ? html`<vscode-checkbox
              label=${name}
              title=${text("showLayer", name)}
              ?checked=${look.visible}
              @change=${() => stack.change(uri, { ...look, visible: !look.visible })}
            ></vscode-checkbox>`
          : html`<span class="name" title=${name}>${name}</span>`
      }
      <span class="tools">
        ${ready && beside !== null ? besideTool(layer, beside) : nothing}
        ${mayFall || mayRise ? tool("arrow-up", text("raiseLayer", name), !mayRise, () => stack.move(uri, 1)) : nothing}
        ${mayFall || mayRise ? tool("arrow-down", text("lowerLayer", name), !mayFall, () => stack.move(uri, -1)) : nothing}
        ${tool("close", text("removeLayer", name), false, () => stack.remove(uri))}
      </span>
    </div>
    ${
      read.kind === "reading"
        ? html`<p class="muted" role="status">${icon("loading", true)} ${text("readingLayer", name)}</p>`
        : nothing
    }
    ${
      read.kind === "refused"
        ? html`<div role="alert">
            ${read.faults.map(
              ({ message, remedy }) => html`<p class="problem">${message}</p>
                <p class="muted">${remedy}</p>`,
            )}
          </div>`
        : nothing
    }
    ${ready && read.volumes > 1 ? volumeOf(layer, read.volumes, (volume) => stack.chooseVolume(uri, volume)) : nothing}
    ${ready ? lookOf(name, look, (changed) => stack.change(uri, { ...look, ...changed })) : nothing}
  </div>`;
}

/** Which volume of a series is seen. */
const volumeOf = ({ name, volume = 0 }: KeptLayer, volumes: number, choose: (volume: number) => void) =>
  html`<label class="volume">
    <span>${text("layerVolume")}</span>
    ${numberField(
      {
        label: text("layerVolumeHelp", name, volumes),
        value: Math.min(volume + 1, volumes),
        min: 1,
        max: volumes,
      },
      (typed) => choose(clamp(Math.round(typed), 1, volumes) - 1),
    )}
    <span class="muted numeric">/ ${volumes}</span>
  </label>`;

const besideTool = (layer: KeptLayer, { uri, put }: Beside) => html`<button
  class="tool"
  aria-pressed=${uri === layer.uri}
  aria-label=${text("besideLayer", layer.name)}
  title=${text("besideLayer", layer.name)}
  @click=${() => put(layer)}
>
  ${icon("split-horizontal")}
</button>`;

const tool = (name: IconName, label: string, disabled: boolean, press: () => void) => html`<button
  class="tool"
  ?disabled=${disabled}
  aria-label=${label}
  title=${label}
  @click=${press}
>
  ${icon(name)}
</button>`;

function lookOf(
  name: string,
  look: LayerLook,
  change: (changed: Partial<LayerLook>) => void,
): TemplateResult {
  const { low, high, opacity } = look;
  const percent = Math.round(opacity * 100);
  const of = (what: string) => `${what}, ${name}`;
  return html`${colorBar(name, look)}
    <div class="look">
      <vscode-single-select
        label=${of(text("colors"))}
        title=${text("colors")}
        @change=${(event: Event) => {
          const colors = LAYER_COLORS.find((one) => one === controlValue(event));
          if (colors !== undefined) change({ colors });
        }}
      >
        ${LAYER_COLORS.map(
          (one) =>
            html`<vscode-option value=${one} ?selected=${one === look.colors}>${text(one)}</vscode-option>`,
        )}
      </vscode-single-select>
      <vscode-single-select
        label=${of(text("betweenVoxels"))}
        title=${text("betweenVoxels")}
        @change=${(event: Event) => {
          const interpolation = INTERPOLATIONS.find((one) => one === controlValue(event));
          if (interpolation !== undefined) change({ interpolation });
        }}
      >
        ${INTERPOLATIONS.map(
          (one) =>
            html`<vscode-option value=${one} ?selected=${one === look.interpolation}>${text(one)}</vscode-option>`,
        )}
      </vscode-single-select>
      <span>${text("opacity")}</span>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        aria-label=${of(text("opacity"))}
        aria-valuetext=${text("opacityPercent", percent)}
        .value=${String(percent)}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) change({ opacity: event.target.valueAsNumber / 100 });
        }}
      />
      <label>
        <span>${text("lowest")}</span>
        ${numberField(
          { label: text("lowestHelp", name), value: low, shown: formatValue(low), step: "any" },
          (typed) => change(proper({ low: typed, high })),
        )}
      </label>
      <label>
        <span>${text("highest")}</span>
        ${numberField(
          { label: text("highestHelp", name), value: high, shown: formatValue(high), step: "any" },
          (typed) => change(proper({ low, high: typed })),
        )}
      </label>
      <vscode-checkbox
        label=${text("hideAbove")}
        ?checked=${look.hideAbove}
        @change=${() => change({ hideAbove: !look.hideAbove })}
      ></vscode-checkbox>
      <vscode-checkbox
        label=${text("outline")}
        ?checked=${look.outline}
        @change=${() => change({ outline: !look.outline })}
      ></vscode-checkbox>
    </div>`;
}

export const layersCardStyles = css`
  .layers .layer {
    display: grid;
    gap: 6px;
    padding-block-end: 8px;
    border-block-end: 1px solid var(--rim);
  }
  .layers .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  .layers .head vscode-checkbox,
  .layers .name {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: 600;
  }
  .layers .tools {
    flex: none;
  }
  .layers .look {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    align-items: center;
    gap: 6px 8px;
  }
  .layers .look vscode-single-select {
    inline-size: 100%;
  }
  .layers .look span {
    color: var(--muted);
  }
  .layers label {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 6px;
  }
  .layers label.volume {
    grid-template-columns: auto 64px auto 1fr;
  }
  .layers .problem {
    color: var(--vscode-errorForeground);
    overflow-wrap: anywhere;
  }
`;
