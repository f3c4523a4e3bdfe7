import { css, html, nothing, type TemplateResult } from "lit";
import { viewStopping } from "../../../src/run/stopping";
import type { Track } from "../../../src/run/track";
import { icon } from "../../shared/icon";
import { formatMetric, formatPercent } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { text } from "../texts";
import { endText } from "./progressWords";

/** More segments than this are drawn as one bar. */
const MOST_SEGMENTS = 30;

/** How near the training is to stopping early, and why it stopped. */
export function stoppingCard(track: Track): TemplateResult | typeof nothing {
  const { stopping, end, epochs, reached } = track;
  // A table without epochs will never tell.
  if (reached !== null && epochs.length === 0) return nothing;
  const view = viewStopping(stopping, epochs.at(-1)?.epoch ?? null, end?.reason ?? null);
  return html`<section class="card stopping" aria-label=${text("earlyStopping")}>
    <h2>${text("earlyStopping")}</h2>
    ${view.kind === "counting" ? gauge(view) : html`<p class="muted">${text(view.kind === "off" ? "stoppingOff" : "stoppingUnknown")}</p>`}
    ${end === null ? nothing : html`<p class="reason">${icon(end.reason === "failed" || end.reason === "nan" ? "error" : "info")}<span>${endText(end.reason)}</span></p>`}
  </section>`;
}

type Counting = Extract<ReturnType<typeof viewStopping>, { kind: "counting" }>;

function gauge({ used, patience, exhausted, best, bestEpoch, threshold }: Counting): TemplateResult {
  const said = text("withoutImprovement", used, patience);
  return html`<div
      class="gauge ${exhausted ? "exhausted" : ""}"
      role="meter"
      aria-label=${text("patienceGauge")}
      aria-valuemin="0"
      aria-valuemax=${patience}
      aria-valuenow=${Math.min(used, patience)}
      aria-valuetext=${said}
    >
      ${
        patience > MOST_SEGMENTS
          ? html`<span class="whole" ${properties({ "--share": `${(100 * used) / patience}%` })}></span>`
          : Array.from({ length: patience }, (_, i) => html`<span class=${i < used ? "used" : ""}></span>`)
      }
    </div>
    <p class="said">${said}</p>
    <p class="muted">
      ${bestEpoch === null ? nothing : html`${text("bestLossAt", formatMetric(best), bestEpoch + 1)} `}${
        threshold === best
          ? text("improvesBelowBest", formatMetric(best))
          : text(
              "improvesBelow",
              formatMetric(threshold),
              formatMetric(best),
              formatPercent(1 - threshold / best, 2),
            )
      }
    </p>`;
}

export const stoppingCardStyles = css`
  .stopping {
    display: grid;
    align-content: start;
    gap: 8px;
  }
  .gauge {
    display: flex;
    gap: 3px;
    block-size: 12px;
  }
  .gauge span {
    flex: 1;
    max-inline-size: 28px;
    border: 1px solid color-mix(in srgb, var(--vscode-foreground) 40%, transparent);
    border-radius: 2px;
    forced-color-adjust: none;
  }
  .gauge .used {
    border-color: var(--vscode-charts-yellow);
    background: var(--vscode-charts-yellow);
  }
  .gauge.exhausted .used {
    border-color: var(--vscode-charts-red);
    background: var(--vscode-charts-red);
  }
  .gauge .whole {
    max-inline-size: none;
    background: linear-gradient(to right, var(--vscode-charts-yellow) var(--share), transparent var(--share));
  }
  .said {
    font-weight: 600;
  }
  .reason {
    display: flex;
    gap: 6px;
  }
`;
