import { css, html, nothing, type TemplateResult } from "lit";
import type { ConfusionMatrix } from "../../src/statistics/confusion";
import { formatCount, formatPercent } from "./numbers";
import { properties } from "./properties";

/** Percent of the colour in a cell that holds its whole class: more, and the words in it could not be read in a dark theme. */
const DARKEST_SHADE = 45;

export interface ConfusionWords {
  readonly caption: string;
  readonly predictedClass: string;
  readonly trueClass: string;
  readonly recall: string;
  /** Beside the first of two classes. */
  readonly positive: string;
  /** In the tooltip of a cell: so many of so many. */
  readonly cell: (count: string, total: string) => string;
  /** A share of a true class that was found; NaN where there is nobody of it. */
  readonly share: (recall: number) => string;
}

/**
 * Rows true classes, columns answers. Shade and percentage are shares of the true class.
 * @param names of the classes by code; of two, the first is the positive one
 * @param perClass share of each class that was found
 */
export function confusionTable(
  confusion: ConfusionMatrix,
  names: readonly string[],
  perClass: readonly number[],
  words: ConfusionWords,
): TemplateResult {
  const name = (code: number) => names[code] ?? String(code);
  return html`<table class="confusion-matrix">
    <caption class="spoken">
      ${words.caption}
    </caption>
    <thead>
      <tr>
        <td></td>
        <td></td>
        <th scope="colgroup" class="axis" colspan=${confusion.length}>${words.predictedClass}</th>
        <td></td>
      </tr>
      <tr>
        <td></td>
        <td></td>
        ${confusion.map((_, code) => html`<th scope="col">${name(code)}</th>`)}
        <th scope="col" class="axis">${words.recall}</th>
      </tr>
    </thead>
    <tbody>
      ${confusion.map((counts, code) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        return html`<tr>
          ${
            code === 0
              ? html`<th scope="rowgroup" class="axis upright" rowspan=${confusion.length}>
                  <span>${words.trueClass}</span>
                </th>`
              : nothing
          }
          <th scope="row">
            ${name(code)}${code === 0 && confusion.length === 2 ? html` <span class="muted">(${words.positive})</span>` : nothing}
          </th>
          ${counts.map(
            (count, predicted) =>
              html`<td
                class=${predicted === code ? "right" : "wrong"}
                title=${words.cell(formatCount(count), formatCount(total))}
                ${properties({ "--shade": `${Math.round((total === 0 ? 0 : count / total) * DARKEST_SHADE)}%` })}
              >
                <strong>${formatCount(count)}</strong>
                <span>${total === 0 ? "–" : formatPercent(count / total)}</span>
              </td>`,
          )}
          <td class="numeric">${words.share(perClass[code] ?? Number.NaN)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

export const confusionTableStyles = css`
  table.confusion-matrix {
    inline-size: max-content;
    border-collapse: separate;
    border-spacing: 2px;
  }
  table.confusion-matrix th,
  table.confusion-matrix td {
    max-inline-size: 130px;
    padding: 2px 8px;
    font-weight: 400;
    text-align: center;
  }
  table.confusion-matrix th[scope="row"] {
    text-align: end;
  }
  table.confusion-matrix .axis {
    color: var(--muted);
    font-size: 11px;
  }
  table.confusion-matrix .upright {
    padding: 0;
  }
  table.confusion-matrix .upright span {
    writing-mode: vertical-rl;
    transform: rotate(180deg);
  }
  table.confusion-matrix .right,
  table.confusion-matrix .wrong {
    min-inline-size: 72px;
    padding-block: 7px;
    border: 1px solid var(--rim);
    border-radius: 3px;
    background: color-mix(in srgb, var(--tone) var(--shade), transparent);
    font-variant-numeric: tabular-nums;
  }
  table.confusion-matrix .right {
    --tone: var(--vscode-charts-blue);
  }
  table.confusion-matrix .wrong {
    --tone: var(--vscode-charts-orange);
  }
  table.confusion-matrix strong {
    display: block;
    font-size: 15px;
    font-weight: 600;
  }
  table.confusion-matrix td span {
    font-size: 11px;
  }
`;
