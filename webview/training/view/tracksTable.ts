import { css, html, nothing, type TemplateResult } from "lit";
import { type RunState, unendedState } from "../../../src/run/state";
import type { Track } from "../../../src/run/track";
import { spread } from "../../../src/statistics/spread";
import { lineSample } from "../../shared/chart/legend";
import { spreadText } from "../../shared/figures/spreadText";
import type { MetricNames } from "../../shared/metricNames";
import { stateWord } from "../../shared/stateWord";
import type { RunInfo } from "../messages";
import { bestValues } from "../model/bestValues";
import { type NamedTrack, styleOfPlace } from "../model/figures";
import { text } from "../texts";
import { endText } from "./progressWords";
import { shownBest, shownValue } from "./shownBest";

export interface TracksTableEvents {
  readonly show: (id: string, shown: boolean) => void;
  readonly choose: (id: string) => void;
  /** The pointer or the focus is in the row of a network, or (null) left it. */
  readonly point: (id: string | null) => void;
}

/** Splits and networks side by side: state, best values, patience, and the mean over all that have a value, if several have. */
export function tracksTable(
  tracks: readonly NamedTrack[],
  { status, cluster }: Pick<RunInfo, "status" | "cluster">,
  metrics: readonly string[],
  current: string,
  shown: ReadonlySet<string>,
  names: MetricNames,
  events: TracksTableEvents,
): TemplateResult {
  const bests = (metric: string) => bestValues(tracks, metric);
  const known = Math.max(0, ...metrics.map((metric) => spread(bests(metric)).count));
  return html`<section class="tracks" aria-label=${text("networks")}>
    <h2 class="spoken">${text("networks")}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label=${text("networks")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text("track")}</th>
            <th scope="col">${text("state")}</th>
            <th scope="col" class="end">${text("epochColumn")}</th>
            ${metrics.map((metric) => html`<th scope="col" class="end">${text("bestOf", names.short(metric))}</th>`)}
            <th scope="col" class="end">${text("patienceUsed")}</th>
          </tr>
        </thead>
        <tbody>
          ${tracks.map(
            ({ id, label, track, place }) => html`<tr
              class=${id === current ? "current" : ""}
              @pointerenter=${() => events.point(id)}
              @pointerleave=${() => events.point(null)}
              @focusin=${() => events.point(id)}
              @focusout=${() => events.point(null)}
            >
              <th scope="row">
                <input
                  type="checkbox"
                  aria-label="${text("shown")}: ${label}"
                  .checked=${shown.has(id)}
                  @change=${(event: Event) =>
                    events.show(id, event.target instanceof HTMLInputElement && event.target.checked)}
                />
                ${lineSample({ ...styleOfPlace(place), dash: "solid" })}
                <button aria-pressed=${id === current} @click=${() => events.choose(id)}>${label}</button>
              </th>
              <td>${stateOf(track, cluster?.find((unit) => unit.track === id)?.status ?? unendedState(status))}</td>
              <td class="end">${track.epochs.length === 0 ? "–" : track.epochs.length}</td>
              ${metrics.map((metric) => html`<td class="end">${bestOf(track, metric, names)}</td>`)}
              <td class="end">
                ${
                  track.stopping === null || track.stopping.patience === 0
                    ? "–"
                    : text("patienceShort", track.stopping.badEpochs, track.stopping.patience)
                }
              </td>
            </tr>`,
          )}
        </tbody>
        ${
          known < 2
            ? nothing
            : html`<tfoot>
          <tr>
            <th scope="row" colspan="3">${text("meanOver", known)}</th>
            ${metrics.map((metric) => html`<td class="end">${spreadText(spread(bests(metric)))}</td>`)}
            <td></td>
          </tr>
        </tfoot>`
        }
      </table>
    </div>
  </section>`;
}

/** @param status of the network where its log has no end: a cluster may have queued it again since */
function stateOf({ start, end, reached, progress, currentEpoch }: Track, status: RunState): string {
  if (status === "queued" || status === "cancelled") return stateWord(status);
  if (end !== null) return endText(end.reason);
  if (start === null) return text(reached === null ? "notStarted" : "elsewhere");
  return status === "running" && progress.kind === "evaluating"
    ? text(
        "evaluating",
        currentEpoch,
        start.epochs,
        text(progress.set).toLocaleLowerCase(),
        progress.done,
        progress.of,
      )
    : stateWord(status);
}

function bestOf(track: Track, metric: string, names: MetricNames): TemplateResult | string {
  const found = track.best[metric];
  if (found === undefined) return shownValue(track.reached?.[metric]);
  return html`${shownBest(metric, found, names)} <span class="muted">${text("atEpoch", found.epoch + 1)}</span>`;
}

export const tracksTableStyles = css`
  .tracks {
    min-inline-size: 0;
  }
  .tracks thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--vscode-editor-background);
    z-index: 1;
  }
  .tracks tbody th {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .tracks input {
    margin: 0;
    accent-color: var(--vscode-focusBorder);
  }
  .tracks tbody button {
    padding: 1px 6px;
    border: 0;
    border-radius: 3px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .tracks tbody button:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .tracks tr.current button {
    background: var(--vscode-list-inactiveSelectionBackground);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    font-weight: 600;
  }
  .tracks tfoot td,
  .tracks tfoot th {
    position: sticky;
    inset-block-end: 0;
    background: var(--vscode-editor-background);
    border-block-start: 1px solid var(--rim);
    font-weight: 600;
  }
`;
