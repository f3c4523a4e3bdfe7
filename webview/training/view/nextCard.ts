import { css, html, nothing, type TemplateResult } from "lit";
import { isLive } from "../../../src/run/state";
import { type IconName, icon } from "../../shared/icon";
import type { NextStep, RunInfo } from "../messages";
import { text } from "../texts";

const ICONS: Readonly<Record<NextStep, IconName>> = {
  predict: "target",
  showResults: "graph-line",
  interpret: "eye",
  compare: "diff",
  startFrom: "play",
  trainAgain: "edit",
};

/** What can be done with a training that has ended; of what cannot be done yet, why. */
export function nextCard(
  { status, next }: Pick<RunInfo, "status" | "next">,
  take: (step: NextStep) => void,
): TemplateResult | typeof nothing {
  if (isLive(status) || next.length === 0) return nothing;
  return html`<section class="next" aria-label=${text("whatNext")}>
    <h2>${text("whatNext")}</h2>
    <ul>
      ${next.map(({ step, refusal }) => {
        const why = refusal === null ? text(`${step}Help`) : text(refusal);
        return html`<li>
          <button
            aria-disabled=${refusal !== null}
            aria-describedby="next-${step}"
            @click=${() => {
              if (refusal === null) take(step);
            }}
          >
            ${icon(ICONS[step])}${text(step)}
          </button>
          <span id="next-${step}" class="muted">${why}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

export const nextCardStyles = css`
  .next {
    display: grid;
    gap: 8px;
    container-type: inline-size;
  }
  .next ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(180px, 100%), 1fr));
    gap: 8px 20px;
    list-style: none;
  }
  .next li {
    display: grid;
    justify-items: start;
    align-content: start;
    gap: 2px;
  }
  .next button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 26px;
    padding: 2px 10px 2px 6px;
    border: 1px solid var(--vscode-button-border, var(--rim));
    border-radius: 4px;
    background: var(--vscode-button-secondaryBackground);
    color: var(--vscode-button-secondaryForeground);
    font: inherit;
    cursor: pointer;
  }
  .next button:hover {
    background: var(--vscode-button-secondaryHoverBackground);
  }
  .next button[aria-disabled="true"] {
    border-style: dashed;
    background: none;
    color: var(--muted);
    cursor: default;
  }
  .next .muted {
    font-size: 11px;
  }
`;
