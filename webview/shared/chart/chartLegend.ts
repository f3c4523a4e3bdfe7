/** What is written above a chart: which line is which, what they mean, and how many values are no numbers. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../icon";
import { runStrings } from "../strings";
import { textOf } from "../text";
import { type Figure, readable, type Series, undrawable } from "./figure";
import { lineSample } from "./legend";
import { valueText } from "./valueText";

const text = textOf(runStrings);
const EVERYWHERE = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** @param silent series that are switched off; `toggle` switches one */
export function chartLegend(
  figure: Figure,
  silent: ReadonlySet<string>,
  toggle: (id: string) => void,
): TemplateResult {
  return html`${
    figure.legend?.map(({ label, dash }) => note(lineSample({ color: null, dash, shape: null }), label)) ??
    figure.series.map((series) => legendItem(series, !silent.has(series.id), toggle))
  }
  ${figure.note === undefined ? nothing : html`<span class="note long">${figure.note}</span>`}
  ${notNumbers(figure)}`;
}

function legendItem(series: Series, shown: boolean, toggle: (id: string) => void) {
  if (series.label === "" || series.faint) return nothing;
  const sample = lineSample(series);
  if (series.ghost) return note(sample, series.label);
  const values = series.measured ?? series.ys;
  return html`<button aria-pressed=${shown} @click=${() => toggle(series.id)}>
    ${sample}${series.label} <span class="value">${valueText(series, values[values.length - 1])}</span>
  </button>`;
}

/** NaN is said, whatever part of the chart is in sight. */
function notNumbers(figure: Figure) {
  const count = readable(figure).reduce((sum, series) => sum + undrawable(series, EVERYWHERE).length, 0);
  return count === 0
    ? nothing
    : html`<span class="note problem">${icon("warning")}${text("notNumbers", count)}</span>`;
}

const note = (sample: TemplateResult, label: string) => html`<span class="note">${sample}${label}</span>`;
