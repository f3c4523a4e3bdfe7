import { css, html, nothing, type TemplateResult } from "lit";
import type { EpochRow } from "../../../src/run/track";
import { recalls } from "../../../src/statistics/recalls";
import { controlValue } from "../../shared/events";
import { icon } from "../../shared/icon";
import { metricNames } from "../../shared/metricNames";
import { formatCount, formatPercent } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { text } from "../texts";
import { shownValue } from "./shownBest";

/** Percent of the colour in a cell that holds its whole class: more, and the words in it could not be read in a dark theme. */
const DARKEST_SHADE = 45;

export interface ConfusionChoice {
  readonly id: string;
  readonly label: string;
}

/**
 * Validation confusion matrix of one epoch. The first class is the positive one: sensitivity is its recall, specificity the
 * other's. Shade and percentage are shares of the true class.
 * @param oneAnswer the classes that alone were answered in every epoch; null where the answers differ
 */
export function confusionCard(
  row: EpochRow | undefined,
  classes: readonly string[],
  choices: readonly ConfusionChoice[],
  chosen: string,
  choose: (id: string) => void,
  oneAnswer: readonly number[] | null,
): TemplateResult | typeof nothing {
  const confusion = row?.confusion ?? null;
  if (row === undefined || confusion === null) return nothing;
  const names = metricNames(classes);
  const name = (code: number) => classes[code] ?? String(code);
  const perClass = recalls(confusion);
  return html`<section class="card confusion" aria-label=${text("confusion")}>
    <div class="head">
      <h2>${text("confusion")}</h2>
      <vscode-single-select
        label=${text("confusionEpoch")}
        .value=${chosen}
        @change=${(event: Event) => choose(controlValue(event))}
      >
        ${choices.map(({ id, label }) => html`<vscode-option value=${id} ?selected=${id === chosen}>${label}</vscode-option>`)}
      </vscode-single-select>
    </div>
    <table>
      <caption class="spoken">
        ${text("confusionCaption", row.epoch + 1)}
      </caption>
      <thead>
        <tr>
          <td></td>
          <td></td>
          <th scope="colgroup" class="axis" colspan=${classes.length}>${text("predictedClass")}</th>
          <td></td>
        </tr>
        <tr>
          <td></td>
          <td></td>
          ${confusion.map((_, code) => html`<th scope="col">${name(code)}</th>`)}
          <th scope="col" class="axis">${text("recall")}</th>
        </tr>
      </thead>
      <tbody>
        ${confusion.map((counts, code) => {
          const total = counts.reduce((sum, count) => sum + count, 0);
          return html`<tr>
            ${
              code === 0
                ? html`<th scope="rowgroup" class="axis upright" rowspan=${confusion.length}>
                    <span>${text("trueClass")}</span>
                  </th>`
                : nothing
            }
            <th scope="row">
              ${name(code)}${code === 0 && confusion.length === 2 ? html` <span class="muted">(${text("positive")})</span>` : nothing}
            </th>
            ${counts.map(
              (count, predicted) =>
                html`<td
                  class=${predicted === code ? "right" : "wrong"}
                  title=${text("cell", formatCount(count), formatCount(total))}
                  ${properties({ "--shade": `${Math.round((total === 0 ? 0 : count / total) * DARKEST_SHADE)}%` })}
                >
                  <strong>${formatCount(count)}</strong>
                  <span>${total === 0 ? "–" : formatPercent(count / total)}</span>
                </td>`,
            )}
            <td class="numeric">${shownValue(perClass[code])}</td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${
      confusion.length === 2
        ? html`<p class="muted numeric">
            ${names.metric("sensitivity")} ${shownValue(perClass[0])} · ${names.metric("specificity")}
            ${shownValue(perClass[1])}
          </p>`
        : nothing
    }
    ${
      oneAnswer === null
        ? nothing
        : html`<p class="oneAnswer">
            ${icon("warning")}<span>${text("oneAnswer", oneAnswer.map(name).join(", "))}</span>
          </p>`
    }
  </section>`;
}

export const confusionCardStyles = css`
  .oneAnswer {
    display: flex;
    gap: 6px;
  }
  .confusion {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 8px;
    overflow-x: auto;
  }
  .confusion .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .confusion vscode-single-select {
    inline-size: 190px;
  }
  .confusion table {
    inline-size: max-content;
    border-collapse: separate;
    border-spacing: 2px;
  }
  .confusion th,
  .confusion td {
    max-inline-size: 130px;
    padding: 2px 8px;
    font-weight: 400;
    text-align: center;
  }
  .confusion th[scope="row"] {
    text-align: end;
  }
  .confusion .axis {
    color: var(--muted);
    font-size: 11px;
  }
  .confusion .upright {
    padding: 0;
  }
  .confusion .upright span {
    writing-mode: vertical-rl;
    transform: rotate(180deg);
  }
  .confusion .right,
  .confusion .wrong {
    min-inline-size: 72px;
    padding-block: 7px;
    border: 1px solid var(--rim);
    border-radius: 3px;
    background: color-mix(in srgb, var(--tone) var(--shade), transparent);
    font-variant-numeric: tabular-nums;
  }
  .confusion .right {
    --tone: var(--vscode-charts-blue);
  }
  .confusion .wrong {
    --tone: var(--vscode-charts-orange);
  }
  .confusion strong {
    display: block;
    font-size: 15px;
    font-weight: 600;
  }
  .confusion td span {
    font-size: 11px;
  }
`;
