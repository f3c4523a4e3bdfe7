import { html, nothing, type TemplateResult } from "lit";
import { formatMetric } from "../numbers";
import { properties } from "../properties";
import { runStrings } from "../strings";
import { textOf } from "../text";
import type { Figure } from "./figure";
import { lineSample } from "./legend";
import type { Reading } from "./readout";
import { rangeText, valueText } from "./valueText";

const text = textOf(runStrings);
/** More lines than this make the box longer than the chart. */
const MOST_READINGS = 10;

/** The values under the cursor, beside it: on the left of it in the right half of the plot. `place`: see PlotCanvas. */
export function readoutBox(
  figure: Figure,
  readings: readonly Reading[],
  place: { readonly left: number; readonly from: number; readonly width: number } | null,
  formatX: (x: number) => string,
): TemplateResult | typeof nothing {
  const [first] = readings;
  if (place === null || first === undefined) return nothing;
  const flipped = place.left > place.from + place.width / 2;
  const marks = figure.marks.filter(({ x }) => readings.some((reading) => reading.x === x));
  return html`<div
    class="readout ${flipped ? "flipped" : ""}"
    ${properties({ "--left": `${place.left + (flipped ? -12 : 12)}px` })}
  >
    <p>${formatX(first.x)}${marks.map(({ label }) => html` · ★ ${label}`)}</p>
    <dl>
      ${readings.slice(0, MOST_READINGS).map(
        ({ series, value, smoothed, range }) => html`<dt>${lineSample(series)}</dt>
          <dt>${series.label}</dt>
          <dd class="soft">${smoothed === null ? nothing : text("smoothedTo", formatMetric(smoothed))}</dd>
          <dd class=${Number.isFinite(value) || series.canBeUndefined === true ? "" : "problem"}>${valueText(series, value)}${range === null ? nothing : html` <span class="soft">${rangeText(range)}</span>`}</dd>`,
      )}
    </dl>
    ${readings.length > MOST_READINGS ? html`<p>${text("andMore", readings.length - MOST_READINGS)}</p>` : nothing}
  </div>`;
}
