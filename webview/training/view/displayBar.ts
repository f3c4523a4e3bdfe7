import { css, html, type TemplateResult } from "lit";
import "../../shared/menu";
import { controlValue } from "../../shared/events";
import type { MetricNames } from "../../shared/metricNames";
import { type DisplaySettings, LAYOUTS } from "../settings";
import { text } from "../texts";

/** Smoothing stops short of 1: a line that never moves says nothing. */
const MOST_SMOOTHING = 0.99;

/** Controls of the curves. `change` receives what the user changed. */
export function displayBar(
  settings: DisplaySettings,
  available: readonly string[],
  charted: readonly string[],
  names: MetricNames,
  severalTracks: boolean,
  change: (changed: Partial<DisplaySettings>) => void,
): TemplateResult {
  const toggle = (name: string) =>
    change({
      metrics: charted.includes(name) ? charted.filter((one) => one !== name) : [...charted, name],
    });
  return html`<div class="display" role="toolbar" aria-label=${text("display")}>
    <gyrus-menu
      .label=${text("metrics")}
      .caption=${text("metrics")}
      .icon=${"graph-line"}
      .items=${available.map((name) => ({ id: name, label: names.metric(name), checked: charted.includes(name) }))}
      @gyrus-choose=${({ detail }: CustomEvent<string>) => toggle(detail)}
    ></gyrus-menu>
    <label>
      <span class="muted">${text("axis")}</span>
      <vscode-single-select
        label=${text("axis")}
        @change=${(event: Event) => change({ axis: controlValue(event) === "time" ? "time" : "epochs", view: { x: null, y: null } })}
      >
        <vscode-option value="epochs" ?selected=${settings.axis === "epochs"}>${text("epochs")}</vscode-option>
        <vscode-option value="time" ?selected=${settings.axis === "time"}>${text("minutes")}</vscode-option>
      </vscode-single-select>
    </label>
    <label>
      <span class="muted">${text("smoothing")}</span>
      <input
        type="range"
        min="0"
        max=${MOST_SMOOTHING}
        step="0.01"
        .value=${String(settings.smoothing)}
        @input=${(event: Event) => change({ smoothing: Number(controlValue(event)) })}
      />
      <output class="numeric">${settings.smoothing === 0 ? text("smoothingOff") : settings.smoothing.toFixed(2)}</output>
    </label>
    <vscode-checkbox
      label=${text("logScale")}
      ?checked=${settings.logScale}
      @change=${() => change({ logScale: !settings.logScale })}
    ></vscode-checkbox>
    ${
      severalTracks
        ? html`<label>
            <span class="muted">${text("layout")}</span>
            <vscode-single-select
              class="layout"
              label=${text("layout")}
              @change=${(event: Event) => change({ layout: LAYOUTS.find((one) => one === controlValue(event)) ?? "mean" })}
            >
              ${LAYOUTS.map((one) => html`<vscode-option value=${one} ?selected=${settings.layout === one}>${text(one)}</vscode-option>`)}
            </vscode-single-select>
          </label>`
        : ""
    }
  </div>`;
}

export const displayBarStyles = css`
  .display {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 18px;
    min-block-size: 30px;
  }
  .display label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .display vscode-single-select {
    inline-size: 96px;
  }
  .display .layout {
    inline-size: 150px;
  }
  .display input[type="range"] {
    inline-size: 110px;
    block-size: 16px;
    margin: 0;
    appearance: none;
    background: none;
    forced-color-adjust: none;
  }
  .display input[type="range"]::-webkit-slider-runnable-track {
    block-size: 3px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-foreground) 30%, transparent);
  }
  .display input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    inline-size: 12px;
    block-size: 12px;
    margin-block-start: -4.5px;
    border-radius: 50%;
    background: var(--vscode-focusBorder);
  }
  .display output {
    inline-size: 4ch;
  }
`;
