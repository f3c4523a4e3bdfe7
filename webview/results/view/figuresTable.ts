import { css, html, nothing, type TemplateResult } from "lit";
import type { Figure } from "../../../src/statistics/figure";
import { isUndefined } from "../../../src/statistics/figure";
import type { Interval } from "../../../src/statistics/intervals/interval";
import { explained } from "../../shared/explained";
import { formatCount } from "../../shared/numbers";
import { methodName, shareText, whyText } from "../figureTexts";
import type { FigureName, FigureRow } from "../model/figureRows";
import { text } from "../texts";

/** Every figure with its interval and how this was made. */
export function figuresTable(
  rows: readonly FigureRow[],
  nameOf: (name: FigureName) => string,
  export_: TemplateResult,
): TemplateResult {
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
            <th scope="col" class="end">${text("value")}</th>
            <th scope="col" class="end">${text("interval")}</th>
            <th scope="col" class="end">${text("counts")}</th>
            <th scope="col">${text("method")}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, value, share, interval }) => html`<tr>
              <th scope="row">${nameOf(name)}</th>
              <td class="end strong">${figureText(value)}</td>
              <td class="end">${interval === null ? nothing : intervalText(interval)}</td>
              <td class="end muted">${share === null ? nothing : text("ofCounts", formatCount(share.count), formatCount(share.of))}</td>
              <td class="muted">${interval === null || isUndefined(interval) ? nothing : methodName(interval.method)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** What has no value says why. */
export const figureText = (figure: Figure): TemplateResult | string =>
  isUndefined(figure) ? explained(text("undefined"), whyText(figure.undefinedBecause)) : shareText(figure);

/** "0.71 – 0.92". */
export const intervalText = (interval: Figure<Interval>): TemplateResult | string =>
  isUndefined(interval) ? "–" : `${shareText(interval.lower)} – ${shareText(interval.upper)}`;

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
