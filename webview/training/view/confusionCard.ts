import { css, html, nothing, type TemplateResult } from "lit";
import type { EpochRow } from "../../../src/run/track";
import { recalls } from "../../../src/statistics/recalls";
import { confusionTable } from "../../shared/confusionTable";
import { controlValue } from "../../shared/events";
import { icon } from "../../shared/icon";
import { metricNames } from "../../shared/metricNames";
import { text } from "../texts";
import { shownValue } from "./shownBest";

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
    ${confusionTable(confusion, classes, perClass, {
      caption: text("confusionCaption", row.epoch + 1),
      predictedClass: text("predictedClass"),
      trueClass: text("trueClass"),
      recall: text("recall"),
      positive: text("positive"),
      cell: (count, total) => text("cell", count, total),
      share: shownValue,
    })}
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
`;
