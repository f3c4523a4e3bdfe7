import { css, html, nothing, type TemplateResult } from "lit";
import { RESULTS_WORDS } from "../../../src/report/results/resultsWords";
import { FIGURE_REASONS } from "../../../src/run/figureWords";
import { isUndefined } from "../../../src/statistics/figure";
import { lineSample } from "../../shared/chart/legend";
import { controlValue } from "../../shared/events";
import { explained } from "../../shared/explained";
import { isProbability, nameOfFigure, pText } from "../../shared/figures/figureNames";
import { methodText } from "../../shared/figures/methodText";
import { icon } from "../../shared/icon";
import type { MetricNames } from "../../shared/metricNames";
import { formatCount, formatDecimals, formatMetric } from "../../shared/numbers";
import { textOf } from "../../shared/text";
import type { ComparedGroup, ComparedPair, ComparedRun, GroupOfRun } from "../messages";
import { runStyle } from "../model/figure";
import { groupPlot } from "../model/groupPlot";
import { metricNamesOf, text } from "../texts";

const resultsText = textOf(RESULTS_WORDS);
const reasons = textOf(FIGURE_REASONS);

/** Answers for a data group: curves over each other, figures with intervals, and the test of each two runs. */
export function groupsSection(
  runs: readonly ComparedRun[],
  groups: readonly string[],
  compared: ComparedGroup | null,
  choose: (group: string) => void,
): TemplateResult | typeof nothing {
  if (groups.length === 0) return nothing;
  const known = compared?.runs.flatMap((of) => {
    const place = runs.findIndex(({ maps }) => maps === of.maps);
    return place < 0 ? [] : [{ of, place, run: runs[place]! }];
  });
  const plot = compared === null ? null : groupPlot(compared, known ?? [], plotWords());
  return html`<section class="groups" aria-label=${text("groups")}>
    <div class="bar">
      <h2>${text("groups")}</h2>
      <vscode-single-select
        label=${text("group")}
        .value=${compared?.group ?? ""}
        @change=${(event: Event) => choose(controlValue(event))}
      >
        ${compared === null ? html`<vscode-option value="" selected>${text("chooseGroup")}</vscode-option>` : nothing}
        ${groups.map((name) => html`<vscode-option value=${name} ?selected=${name === compared?.group}>${name}</vscode-option>`)}
      </vscode-single-select>
      ${compared === null ? html`<span class="muted">${text("groupHelp")}</span>` : nothing}
    </div>
    ${plot === null ? nothing : html`<gyrus-plot .plot=${plot}></gyrus-plot>`}
    ${known === undefined ? nothing : figuresOfRuns(known)}
    ${compared === null || compared.pairs.length === 0 ? nothing : pairsTable(compared.pairs, metricNamesOf(runs))}
    ${compared === null ? nothing : drawnTable(compared, metricNamesOf(runs))}
  </section>`;
}

const plotWords = () => ({
  title: text("roc"),
  x: text("falsePositiveRate"),
  y: text("truePositiveRate"),
  chance: text("chance"),
  run: text("run"),
});

interface Placed {
  readonly of: GroupOfRun;
  readonly place: number;
  readonly run: ComparedRun;
}

function figuresOfRuns(known: readonly Placed[]) {
  // Whether the answers of one run are better than chance is no figure that runs are compared by.
  const measures = [...new Set(known.flatMap(({ of }) => of.measures.map(({ name }) => name)))].filter(
    (name) => !isProbability(name),
  );
  const names = metricNamesOf(known.map(({ run }) => run));
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${text("groupFigures")}>
    <table>
      <thead>
        <tr>
          <th scope="col">${text("run")}</th>
          <th scope="col">${text("people")}</th>
          ${measures.map((name) => html`<th scope="col" class="end">${nameOfFigure(name, names)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${known.map(
          ({ of, place, run }) => html`<tr>
            <th scope="row"><div class="run">${lineSample(runStyle(place))}<span class="name">${run.name}</span></div></th>
            <td class="whole">
              ${formatCount(of.people)} · ${text(`known_${of.acquaintance}`)}
              ${of.unlike === null ? nothing : html`<div class="unlike">${icon("warning")}<span>${text(`unlike_${of.unlike}`)}</span></div>`}
            </td>
            ${measures.map((name) => measureCell(of, name, run.task))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function measureCell({ measures }: GroupOfRun, name: string, task: ComparedRun["task"]) {
  const found = measures.find((one) => one.name === name);
  if (found === undefined) return html`<td class="end">–</td>`;
  const { value, interval } = found;
  if (isUndefined(value))
    return html`<td class="end">${explained(text("undefined"), reasons(value.undefinedBecause))}</td>`;
  // Three decimals of a share say all that a group tells; values are as large as what is measured.
  const written = task === "classification" ? (share: number) => formatDecimals(share, 3) : formatMetric;
  return html`<td class="end">
    ${written(value)}
    ${interval === null || isUndefined(interval) ? nothing : html`<span class="muted">(${written(interval.lower)} – ${written(interval.upper)})</span>`}
  </td>`;
}

/** Whether two runs differ by more than chance. */
function pairsTable(pairs: readonly ComparedPair[], names: MetricNames) {
  return html`<h3>${text("pairs")}</h3>
    <div class="scroll" tabindex="0" role="group" aria-label=${text("pairs")}>
      <table>
        <thead>
          <tr>
            ${head(text("pair"), false)} ${head(text("test"), false)} ${head(text("figure"), false)}
            ${head(text("commonPeople"))} ${head(text("difference"))} ${head("p")} ${head(text("holm"))}
          </tr>
        </thead>
        <tbody>
          ${pairs.map(
            (pair) => html`<tr>
              <th scope="row">${text("against", pair.first, pair.second)}</th>
              <td>${resultsText(pair.test)}</td>
              <td>${nameOfFigure(pair.measure, names)}</td>
              <td class="end">${whomText(pair)}</td>
              <td class="end">${differenceText(pair.difference, pair.interval)}</td>
              <td class="end">${isUndefined(pair.p) ? explained(text("undefined"), reasons(pair.p.undefinedBecause)) : pText(pair.p)}</td>
              <td class="end">${pair.adjusted === null ? "–" : pText(pair.adjusted)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

const head = (label: string, end = true) => html`<th scope="col" class=${end ? "end" : ""}>${label}</th>`;

/** Whom a test is about: less than all of both is said. */
function whomText({ common, people: [first, second], same }: ComparedPair): string {
  if (same) return formatCount(common);
  if (common === 0) return text("nobodyCommon", formatCount(first), formatCount(second));
  return text("commonOf", formatCount(common), formatCount(first), formatCount(second));
}

/** Figures whose test gives no interval of the difference. */
function drawnTable({ drawn, waiting }: ComparedGroup, names: MetricNames) {
  const label = text("drawn");
  const table = html`<div class="scroll" tabindex="0" role="group" aria-label=${label}>
    <table>
      <thead>
        <tr>
          ${head(text("pair"), false)} ${head(text("figure"), false)} ${head(text("commonPeople"))}
          ${head(text("difference"))} ${head(text("intervalBy"), false)} ${head(text("resamples"))}
        </tr>
      </thead>
      <tbody>
        ${drawn.flatMap(({ first, second, common, differences }) =>
          differences.map(
            ({ measure, difference, interval }) => html`<tr>
              <th scope="row">${text("against", first, second)}</th>
              <td>${nameOfFigure(measure, names)}</td>
              <td class="end">${formatCount(common)}</td>
              <td class="end">
                ${
                  isUndefined(difference)
                    ? explained(text("undefined"), reasons(difference.undefinedBecause))
                    : isUndefined(interval)
                      ? explained(formatDecimals(difference, 3), reasons(interval.undefinedBecause))
                      : differenceText(difference, interval)
                }
              </td>
              ${madeBy(interval)}
            </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`;
  const isEmpty = drawn.every(({ differences }) => differences.length === 0);
  return html`${
    isEmpty
      ? nothing
      : html`<h3>${label}</h3>
          <p class="muted">${text("drawnHelp")}</p>
          ${drawn.some(({ common }) => common === 0) ? html`<p class="muted">${text("independentHelp")}</p>` : nothing}
          ${table}`
  }
  ${waiting === 0 ? nothing : html`<p class="muted" role="status">${text("drawing", waiting)}</p>`}`;
}

/** How an interval was made, and how often people were drawn again for it. */
function madeBy(interval: ComparedGroup["drawn"][number]["differences"][number]["interval"]) {
  if (isUndefined(interval)) return html`<td>–</td><td class="end">–</td>`;
  const { method, resamples } = interval;
  return html`<td>${methodText({ method })}</td>
    <td class="end">${resamples === undefined ? "–" : formatCount(resamples)}</td>`;
}

function differenceText(difference: number | null, interval: ComparedPair["interval"]): string {
  if (difference === null) return "–";
  const known = formatDecimals(difference, 3);
  return interval === null
    ? known
    : `${known} (${formatDecimals(interval.lower, 3)} – ${formatDecimals(interval.upper, 3)})`;
}

export const groupsStyles = css`
  .groups gyrus-plot {
    block-size: 380px;
    max-inline-size: 640px;
  }
  .groups .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .groups td.whole {
    max-inline-size: none;
    overflow: visible;
  }
  .groups .unlike {
    display: flex;
    align-items: center;
    gap: 4px;
  }
`;
