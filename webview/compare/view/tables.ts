import { css, html, nothing, type TemplateResult } from "lit";
import { compareCells } from "../../shared/cells";
import { lineSample } from "../../shared/chart/legend";
import { explained } from "../../shared/explained";
import { spreadText } from "../../shared/figures/spreadText";
import { reasonsText } from "../../shared/figures/whyUndefined";
import { icon } from "../../shared/icon";
import { stateWord } from "../../shared/stateWord";
import type { ComparedRun } from "../messages";
import { runStyle } from "../model/figure";
import { metricsOf, resultOf, settingRows, whyUndefinedOf } from "../model/results";
import type { CompareState } from "../state";
import { metricNamesOf, text } from "../texts";

export interface TableEvents {
  readonly change: (changed: Partial<CompareState>) => void;
  readonly hover: (maps: string | null) => void;
  readonly open: (maps: string) => void;
  readonly remove: (maps: string) => void;
}

/** One row a run: what its best models reached. Colour and marker are those of its curves. */
export function resultsTable(
  runs: readonly ComparedRun[],
  state: CompareState,
  events: TableEvents,
): TemplateResult {
  const metrics = metricsOf(runs);
  const names = metricNamesOf(runs);
  const rows = runs
    .map((run, place) => ({
      run,
      place,
      results: metrics.map((metric) => resultOf(run, state.selection, metric)),
    }))
    .filter(({ run }) => matches(run.name, state.filter));
  const column = metrics.indexOf(state.sortBy);
  const cell = (row: (typeof rows)[number]) => (column < 0 ? row.run.name : row.results[column]!.mean);
  if (state.sortBy !== "")
    rows.sort((a, b) => compareCells(cell(a), cell(b), state.descending ? -1 : 1) || a.place - b.place);
  const sort = (id: string) =>
    events.change({ sortBy: id, descending: state.sortBy === id && !state.descending });
  const head = (id: string, label: string) => html`<th
    scope="col"
    class=${id === "run" ? "" : "end"}
    aria-sort=${state.sortBy !== id ? "none" : state.descending ? "descending" : "ascending"}
  >
    <button class="sort" @click=${() => sort(id)}>
      ${label}${state.sortBy === id ? icon(state.descending ? "arrow-down" : "arrow-up") : nothing}
    </button>
  </th>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${text("results")}>
    <table>
      <thead>
        <tr>
          ${head("run", text("run"))}
          <th scope="col">${text("status")}</th>
          <th scope="col" class="end">${text("trained")}</th>
          ${metrics.map((metric) => head(metric, names.metric(metric)))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ run, place, results }) => html`<tr
            @pointerenter=${() => events.hover(run.maps)}
            @pointerleave=${() => events.hover(null)}
            @focusin=${() => events.hover(run.maps)}
            @focusout=${() => events.hover(null)}
          >
            <th scope="row">${runCell(run, place, state, events)}</th>
            <td>${stateWord(run.status)}</td>
            <td class="end">${Math.max(0, ...results.map(({ count, notNumbers, undefinedValues }) => count + notNumbers + undefinedValues))} / ${run.tracks.length}</td>
            ${results.map((result, column) => html`<td class="end">${explained(spreadText(result), reasonsText(whyUndefinedOf(run, state.selection, metrics[column]!)))}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function runCell(run: ComparedRun, place: number, { pinned }: CompareState, events: TableEvents) {
  const isPinned = pinned.includes(run.maps);
  const pin = () =>
    events.change({ pinned: isPinned ? pinned.filter((maps) => maps !== run.maps) : [...pinned, run.maps] });
  const button = (
    label: string,
    name: "pinned" | "close",
    press: () => void,
    pressed?: boolean,
  ) => html`<button
    class="tool"
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed ?? nothing}
    @click=${press}
  >
    ${icon(name)}
  </button>`;
  return html`<div class="run">
    ${lineSample(runStyle(place))}
    <button class="name" title=${run.maps} aria-label=${text("open", run.name)} @click=${() => events.open(run.maps)}>
      ${run.name}
    </button>
    ${button(text("pin", run.name), "pinned", pin, isPinned)}
    ${button(text("remove", run.name), "close", () => events.remove(run.maps))}
  </div>`;
}

/** One row a setting, one column a run. */
export function settingsTable(runs: readonly ComparedRun[], state: CompareState): TemplateResult {
  const all = settingRows(runs).filter(({ differs }) => differs || !state.onlyDifferences);
  const rows = all.filter(({ key }) => state.filter === "" || matches(key, state.filter));
  // A filter for runs alone must not empty the settings.
  const shown = rows.length === 0 ? all : rows;
  if (shown.length === 0) return html`<p class="muted">${text("noDifference")}</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${text("settings")}>
    <table>
      <thead>
        <tr>
          <th scope="col">${text("setting")}</th>
          ${runs.map((run, place) => html`<th scope="col"><div class="run">${lineSample(runStyle(place))}<span class="name">${run.name}</span></div></th>`)}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ key, values, unusual }) => html`<tr>
            <th scope="row">${key}</th>
            ${values.map((value, i) => settingCell(value, unusual[i] === true))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What is another than in most runs is bold, and marked by a sign. */
const settingCell = (value: string | null, unusual: boolean) =>
  html`<td class=${unusual ? "differs" : ""} title=${value ?? ""}>
    ${unusual ? html`<span aria-hidden="true">≠ </span><span class="spoken">${text("differs")}: </span>` : nothing}${value ?? "–"}
  </td>`;

const matches = (name: string, filter: string) =>
  name.toLocaleLowerCase().includes(filter.trim().toLocaleLowerCase());

export const tablesStyles = css`
  .scroll {
    max-block-size: 420px;
    overflow: auto;
  }
  .scroll table {
    inline-size: max-content;
    border-collapse: separate;
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  .scroll th,
  .scroll td {
    max-inline-size: 300px;
    padding: 2px 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: start;
    font-weight: 400;
  }
  .scroll .end {
    text-align: end;
  }
  .scroll thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--vscode-editor-background);
    border-block-end: 1px solid var(--rim);
    color: var(--muted);
    font-size: 12px;
  }
  .scroll tbody th {
    position: sticky;
    inset-inline-start: 0;
    background: var(--vscode-editor-background);
  }
  .scroll tbody tr:hover td {
    background: var(--vscode-list-hoverBackground);
  }
  .scroll td.differs {
    font-weight: 600;
  }
  .scroll .run {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  /* A name may be as long as it likes: it is read whole, and leaves its buttons their place. */
  .scroll .run .name {
    min-inline-size: 0;
    overflow-wrap: break-word;
    white-space: normal;
    text-align: start;
  }
  .scroll .run > :not(.name) {
    flex: none;
  }
  .scroll .sort,
  .scroll button.name {
    display: inline-flex;
    align-items: center;
    padding: 2px 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .scroll button.name {
    flex: 1;
    color: var(--vscode-textLink-foreground);
  }
`;
