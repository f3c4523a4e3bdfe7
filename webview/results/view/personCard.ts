import { css, html, nothing, type TemplateResult } from "lit";
import type { SessionAnswer } from "../../../src/report/results/groupResults";
import { icon } from "../../shared/icon";
import { formatCount, formatMetric, formatPercent } from "../../shared/numbers";
import type { PartVotes, ShownGroup } from "../messages";
import type { ShownAnswers } from "../model/shownAnswers";
import { modelName, text } from "../texts";
import { answeredValue, answerName, className, figureOf } from "./peopleCard";

export interface PersonEvents {
  readonly image: (row: number) => void;
  readonly map: (row: number, explanation: string) => void;
  readonly explain: () => void;
}

/** One session: what each model says of it, what its parts voted, and the way to its image. */
export function personCard(
  group: ShownGroup,
  row: number,
  models: readonly ShownAnswers[],
  votes: readonly PartVotes[] | null,
  events: PersonEvents,
): TemplateResult {
  const { rows, classes, explanations } = group;
  const name = `${rows.participants[row]} · ${rows.sessions[row]}`;
  const truth = rows.truth[row] ?? Number.NaN;
  const facts = rows.columns.filter(
    ({ name: column, values }) => column !== group.label && values[row] !== "",
  );
  return html`<section class="person" aria-label=${name}>
    <div class="bar">
      <h2>${name}</h2>
      <span class="last tools">
        <button class="action" aria-label=${text("openImage", name)} @click=${() => events.image(row)}>
          ${icon("eye")} ${text("image")}
        </button>
        ${explanations.map(
          (one) =>
            html`<button class="action" aria-label=${text("openMap", one, name)} title=${text("openMap", one, name)} @click=${() => events.map(row, one)}>
              ${icon("layers")} ${one}
            </button>`,
        )}
        ${explanations.length > 0 || group.task !== "classification" ? nothing : html`<button class="action" @click=${events.explain}>${icon("layers")} ${text("explain")}</button>`}
      </span>
    </div>
    ${
      group.task === "reconstruction"
        ? nothing
        : html`<p class="numeric">
            <span class="muted">${group.label ?? text("truth")}:</span>
            ${Number.isNaN(truth) ? "–" : group.task === "classification" ? className(truth, classes) : formatMetric(truth)}
            ${facts.map(({ name: column, values }) => html` <span class="muted">· ${column}:</span> ${values[row]}`)}
          </p>`
    }
    <div class="scroll" tabindex="0" role="group" aria-label=${text("opinions")}>
      <table>
        <caption class="spoken">
          ${text("opinions")}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text("by")}</th>
            ${opinionHeads(group)}
          </tr>
        </thead>
        <tbody>
          ${models.map(
            (model) => html`<tr>
              <th scope="row">${modelName(model.packed.source)}</th>
              ${opinionCells(group, sessionOf(model, row), truth)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${group.mode === "image" ? nothing : votesTable(group, votes)}
  </section>`;
}

const sessionOf = ({ packed, sessions }: ShownAnswers, row: number): SessionAnswer | undefined =>
  sessions[packed.rows.indexOf(row)];

function opinionHeads({ task, classes, figures }: ShownGroup) {
  const head = (label: string) => html`<th scope="col" class="end">${label}</th>`;
  switch (task) {
    case "classification":
      return [head(text("answer")), ...classes.map((name) => head(text("probability", name)))];
    case "regression":
      return [head(text("answer")), head(text("residual"))];
    case "reconstruction":
      return figures.map(head);
  }
}

function opinionCells(
  { task, classes, figures }: ShownGroup,
  session: SessionAnswer | undefined,
  truth: number,
) {
  const cell = (value: number) =>
    html`<td class="end">${Number.isNaN(value) ? "–" : formatMetric(value)}</td>`;
  if (session === undefined)
    return html`<td class="muted" colspan=${Math.max(1, classes.length + figures.length + 1)}>${text("notAnswered")}</td>`;
  const { answer } = session;
  switch (task) {
    case "classification": {
      const right = answer.kind === "class" && answer.predicted === truth;
      const mark = Number.isNaN(truth) ? nothing : icon(right ? "check" : "close");
      return html`<td class="end">${mark} ${answerName(session, classes)}${Number.isNaN(truth) ? nothing : html`<span class="spoken"> (${text(right ? "right" : "wrong")})</span>`}</td>
        ${classes.map((_, code) => cell(answer.kind === "class" ? (answer.probabilities?.[code] ?? Number.NaN) : Number.NaN))}`;
    }
    case "regression":
      return html`${cell(answeredValue(session))}${cell(answeredValue(session) - truth)}`;
    case "reconstruction":
      return figures.map((name) => cell(figureOf(session, name)));
  }
}

/** How many parts spoke for which class; of values, their range. */
function votesTable({ task, classes }: ShownGroup, votes: readonly PartVotes[] | null) {
  if (votes === null) return html`<p class="muted" role="status">${text("readingVotes")}</p>`;
  if (votes.length === 0) return html`<p class="muted">${text("noVotes")}</p>`;
  return html`<h3>${text("votes")}</h3>
    <ul class="votes numeric">
      ${votes.map(
        ({ split, answers }) => html`<li>
          <span class="muted">${text("votesOf", split)}</span>
          ${task === "classification" ? countedVotes(answers, classes) : html`${formatMetric(Math.min(...answers))} – ${formatMetric(Math.max(...answers))}`}
        </li>`,
      )}
    </ul>`;
}

function countedVotes(answers: Float64Array, classes: readonly string[]) {
  const count = (code: number) => answers.reduce((sum, answer) => sum + Number(answer === code), 0);
  return classes.map(
    (name, code) =>
      html`<span title=${formatPercent(count(code) / answers.length)}
        >${text("voteCount", name, formatCount(count(code)), formatCount(answers.length))}</span
      >`,
  );
}

export const personStyles = css`
  .person {
    display: grid;
    gap: 6px;
    align-content: start;
    min-inline-size: 0;
    padding-block-start: 8px;
    border-block-start: 1px solid var(--rim);
  }
  .person .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .votes {
    display: grid;
    gap: 2px;
    list-style: none;
  }
  .votes li {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
  }
`;
