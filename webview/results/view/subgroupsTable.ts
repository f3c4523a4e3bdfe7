import { css, html, type TemplateResult } from "lit";
import type { Measure } from "../../../src/report/results/measures";
import { controlValue } from "../../shared/events";
import { icon } from "../../shared/icon";
import type { MetricNames } from "../../shared/metricNames";
import { formatCount } from "../../shared/numbers";
import { figureName } from "../figureTexts";
import { text } from "../texts";
import { figureCell, intervalText } from "./figuresTable";

export interface SubgroupRow {
  readonly name: string;
  readonly people: number;
  readonly figures: readonly Measure[];
}

/** Fewer people say little. */
const FEW = 10;

/** Figures of each subgroup, with how many people it has. */
export function subgroupsTable(
  rows: readonly SubgroupRow[],
  columns: readonly string[],
  column: string | null,
  names: MetricNames,
  choose: (column: string) => void,
  export_: TemplateResult,
): TemplateResult {
  const figures = rows[0]?.figures ?? [];
  return html`<section class="subgroups" aria-label=${text("subgroups")}>
    <div class="bar">
      <h2>${text("subgroups")}</h2>
      ${
        column === null
          ? html`<span class="muted">${text("noSubgroups")}</span>`
          : html`<label
              ><span class="muted">${text("subgroupsBy")}</span>
              <vscode-single-select
                label=${text("subgroupsBy")}
                .value=${column}
                @change=${(event: Event) => choose(controlValue(event))}
              >
                ${columns.map((name) => html`<vscode-option value=${name} ?selected=${name === column}>${name}</vscode-option>`)}
              </vscode-single-select>
            </label>${export_}`
      }
    </div>
    ${
      column === null
        ? ""
        : html`<div class="scroll" tabindex="0" role="group" aria-label=${text("subgroups")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">${column}</th>
                  <th scope="col" class="end">${text("n")}</th>
                  ${figures.map((measure) => html`<th scope="col" class="end">${figureName(measure, names)}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ({ name, people, figures: own }) => html`<tr>
                    <th scope="row">${name}</th>
                    <td class="end">
                      ${people < FEW ? html`<span title=${text("small")}>${icon("warning")}<span class="spoken">${text("small")}</span></span> ` : ""}${formatCount(people)}
                    </td>
                    ${own.map(({ value, interval }) => html`<td class="end"><span class="strong">${figureCell(value)}</span> ${interval === null ? "" : html`<span class="muted">(${intervalText(interval)})</span>`}</td>`)}
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

export const subgroupsStyles = css`
  .subgroups {
    display: grid;
    gap: 6px;
    min-inline-size: 0;
  }
  .subgroups label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .subgroups vscode-single-select {
    inline-size: 130px;
  }
  .subgroups .icon {
    font-size: 12px;
    color: var(--vscode-editorWarning-foreground);
  }
`;
