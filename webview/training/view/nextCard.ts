import { css, html, nothing, type TemplateResult } from "lit";
import { goesOn } from "../../../src/run/state";
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

/** What can be done with a training that has ended, in a row that leaves the room to the curves; of what cannot be done yet, why. */
export function nextCard(
  { status, next }: Pick<RunInfo, "status" | "next">,
  take: (step: NextStep) => void,
): TemplateResult | typeof nothing {
  if (goesOn(status) || next.length === 0) return nothing;
  return html`<section class="next" aria-label=${text("whatNext")}>
    <h2>${text("whatNext")}</h2>
    <ul>
      ${next.map(({ step, refusal }) => {
        const why = refusal === null ? text(`${step}Help`) : text(refusal);
        return html`<li>
          <button
            aria-disabled=${refusal !== null}
            aria-describedby="next-${step}"
            title=${why}
            @click=${() => {
              if (refusal === null) take(step);
            }}
          >
            ${icon(ICONS[step])}${text(step)}
          </button>
          <span id="next-${step}" class=${refusal === null ? "spoken" : "muted"}>${why}</span>
        </li>`;
      })}
    </ul>
  </section>`;
}

export const nextCardStyles = css`
  .next,
  .next ul,
  .next li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    list-style: none;
  }
  .next ul {
    flex: 1 1 0;
    min-inline-size: min(420px, 100%);
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
  @container (max-inline-size: 600px) {
    .next,
    .next ul {
      gap: 4px 6px;
    }
    /* The words flow from the heading on. */
    .next ul {
      display: contents;
    }
    .next button {
      gap: 3px;
      min-block-size: 24px;
      padding: 0 6px 0 3px;
      font-size: 12px;
    }
  }
`;
