import { css, html, nothing, type TemplateResult } from "lit";
import type { ConfusionMatrix } from "../../../src/statistics/confusion";
import { recalls } from "../../../src/statistics/recalls";
import { confusionTable } from "../../shared/confusionTable";
import { controlValue } from "../../shared/events";
import { icon } from "../../shared/icon";
import { formatMetric } from "../../shared/numbers";
import { shareText } from "../figureTexts";
import type { Answering } from "../model/answering";
import { text } from "../texts";

/** Steps of the slider. */
const STEP = 0.005;
/** The most probable of two classes. */
const EVEN = 0.5;

export interface ThresholdChoice {
  readonly answering: Answering;
  /** Of the positive class. */
  readonly name: string;
  /** Whether probabilities are known, without which there is nothing to move. */
  readonly movable: boolean;
  /** That validation people chose; null where none is known. */
  readonly youden: number | null;
  /** That the MAPS keeps for these answers; null where it keeps none. */
  readonly kept: number | null;
}

/** The confusion matrix, and the threshold that it follows. */
export function thresholdCard(
  confusion: ConfusionMatrix,
  names: readonly string[],
  { answering, name, movable, youden, kept }: ThresholdChoice,
  change: (threshold: number | null) => void,
): TemplateResult {
  const { positive, threshold } = answering;
  return html`<section class="confused" aria-label=${text("confusion")}>
    <div class="bar"><h2>${text("confusion")}</h2></div>
    ${
      positive === null || !movable
        ? nothing
        : html`<div class="threshold">
            <label>
              <span>${text("thresholdOf", name)}</span>
              <input
                type="range"
                min="0"
                max="1"
                step=${STEP}
                .value=${String(threshold ?? EVEN)}
                aria-valuetext=${threshold === null ? text("asAnswered") : formatMetric(threshold)}
                @input=${(event: Event) => change(Number(controlValue(event)))}
              />
              <output class="numeric">${threshold === null && names.length !== 2 ? "–" : shareText(threshold ?? EVEN)}</output>
            </label>
            <button class="action" ?disabled=${threshold === null} @click=${() => change(null)}>
              ${icon("discard")} ${text("asAnswered")}
            </button>
            ${
              youden === null
                ? nothing
                : html`<button class="action" aria-pressed=${threshold === youden} @click=${() => change(youden)}>
                    ${text("youden", shareText(youden))}
                  </button>`
            }
          </div>`
    }
    ${kept === null || threshold !== kept ? nothing : html`<p class="muted moved">${icon("pinned")}<span>${text("thresholdKept", shareText(kept))}</span></p>`}
    ${threshold === null || threshold === youden || threshold === kept ? nothing : html`<p class="muted moved">${icon("info")}<span>${text("thresholdMoved")}</span></p>`}
    <div class="scroll" tabindex="0" role="group" aria-label=${text("confusion")}>
      ${confusionTable(confusion, names, recalls(confusion), {
        caption: text("confusionCaption"),
        predictedClass: text("predictedClass"),
        trueClass: text("trueClass"),
        recall: text("recall"),
        positive: text("positive"),
        cell: (count, total) => text("cell", count, total),
        share: (recall) => (Number.isNaN(recall) ? text("undefined") : shareText(recall)),
      })}
    </div>
  </section>`;
}

export const thresholdStyles = css`
  .confused {
    display: grid;
    gap: 6px;
    align-content: start;
    min-inline-size: 0;
  }
  .threshold {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  .threshold label {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
  }
  .threshold input {
    flex: 1;
    min-inline-size: 120px;
  }
  .threshold output {
    min-inline-size: 5ch;
  }
  .moved {
    display: flex;
    gap: 6px;
    font-size: 12px;
  }
`;
