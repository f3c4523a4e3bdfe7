import { css, html, nothing, type TemplateResult } from "lit";
import type { Measure } from "../../../src/report/results/measures";
import { isResampled } from "../../../src/report/results/resampled";
import type { FoldFigure } from "../../../src/report/results/setFigures";
import { type Figure, isUndefined } from "../../../src/statistics/figure";
import type { Interval } from "../../../src/statistics/intervals/interval";
import type { Share } from "../../../src/statistics/intervals/proportion";
import { explained } from "../../shared/explained";
import { isProbability, pText } from "../../shared/figures/figureNames";
import { methodText } from "../../shared/figures/methodText";
import type { MetricNames } from "../../shared/metricNames";
import { formatCount, formatMetric } from "../../shared/numbers";
import { figureName, insteadText, shareText, whyText } from "../figureTexts";
import type { ResampledFigures } from "../resampling";
import { text } from "../texts";

/** How numbers are written: shares with three decimals, values of a regression or a reconstruction as they are large. */
export type NumberText = (value: number) => string;

/** Every figure with its interval and how this was made; of pooled folds also the mean of the folds. */
export function figuresTable(
  figures: ResampledFigures,
  shares: Readonly<Record<string, Share>>,
  names: MetricNames,
  written: NumberText,
  export_: TemplateResult,
): TemplateResult {
  const columns = columnsOf(figures, shares, written);
  return html`<section class="figures" aria-label=${text("figures")}>
    <div class="bar">
      <h2>${text("figures")}</h2>
      ${export_}
    </div>
    <div class="scroll" tabindex="0" role="group" aria-label=${text("figures")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text("figure")}</th>
            ${columns.map(({ head }) => head)}
          </tr>
        </thead>
        <tbody>
          ${figures.measures.map(
            (measure) => html`<tr>
              <th scope="row">${figureName(measure, names)}</th>
              ${columns.map((column) => column.cell(measure))}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${figures.measures.some(({ name }) => name === "MAE_cole") ? html`<p class="muted">${text("agesCorrected")}</p>` : nothing}
  </section>`;
}

interface Column {
  readonly head: TemplateResult;
  readonly cell: (measure: Measure) => TemplateResult;
}

/** Those that any figure has something in. */
function columnsOf(
  { measures, folds, drawing }: ResampledFigures,
  shares: Readonly<Record<string, Share>>,
  written: NumberText,
): readonly Column[] {
  const end = (label: string, cell: (measure: Measure) => unknown, kind = ""): Column => ({
    head: html`<th scope="col" class="end">${label}</th>`,
    cell: (measure) => html`<td class="end ${kind}">${cell(measure)}</td>`,
  });
  const value = end(
    text("value"),
    ({ name, value: of }) => figureCell(of, isProbability(name) ? pText : written),
    "strong",
  );
  const interval = end(text("interval"), (measure) => {
    const { interval: found } = measure;
    if (found !== null)
      return isUndefined(found)
        ? explained("–", whyText(found.undefinedBecause))
        : intervalText(found, written);
    return drawing !== null && isResampled(measure) ? drawingText(drawing) : nothing;
  });
  const fold = end(text("folds"), ({ name, code }) => {
    const found = folds.find((one) => one.name === name && one.code === code);
    return found === undefined ? nothing : foldText(found, written);
  });
  const counts = end(
    text("counts"),
    ({ name, code }) => {
      const share = code === null ? shares[name] : undefined;
      return share === undefined
        ? nothing
        : text("ofCounts", formatCount(share.count), formatCount(share.of));
    },
    "muted",
  );
  const method: Column = {
    head: html`<th scope="col">${text("method")}</th>`,
    cell: ({ interval: of }) =>
      html`<td class="muted">${of === null || isUndefined(of) ? nothing : methodCell(of)}</td>`,
  };
  const hasIntervals = drawing !== null || measures.some((measure) => measure.interval !== null);
  return [
    value,
    ...(hasIntervals ? [interval] : []),
    ...(folds.length > 0 ? [fold] : []),
    ...(Object.keys(shares).length > 0 ? [counts] : []),
    ...(hasIntervals ? [method] : []),
  ];
}

/** What has no value says why. */
export const figureCell = (figure: Figure, written: NumberText = shareText): TemplateResult | string =>
  isUndefined(figure) ? explained(text("undefined"), whyText(figure.undefinedBecause)) : written(figure);

/** "0.71 – 0.92". */
export const intervalText = (interval: Figure<Interval>, written: NumberText = shareText): string =>
  isUndefined(interval) ? "–" : `${written(interval.lower)} – ${written(interval.upper)}`;

const drawingText = (percent: number) =>
  html`<span class="muted">${text("resampling", formatCount(percent))}</span>`;

/** "0.873 ± 0.041". */
function foldText({ mean, deviation }: FoldFigure, written: NumberText) {
  if (isUndefined(mean) || isUndefined(deviation)) return figureCell(mean, written);
  return `${written(mean)} ± ${written(deviation)}`;
}

const methodCell = (interval: Interval) => explained(methodText(interval), insteadText(interval));

/** Of a task whose figures are no shares. */
export const valueText: NumberText = formatMetric;

export const figuresStyles = css`
  .figures {
    display: grid;
    gap: 6px;
    align-content: start;
    min-inline-size: 0;
  }
  .strong {
    font-weight: 600;
  }
`;
