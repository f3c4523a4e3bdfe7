import { css, html, nothing, type TemplateResult } from "lit";
import type { Acquaintance, AnswerSource } from "../../../src/report/results/groupResults";
import { isOptimistic } from "../../../src/report/results/headline";
import { controlValue } from "../../shared/events";
import { type IconName, icon } from "../../shared/icon";
import type { MetricNames } from "../../shared/metricNames";
import { formatCount } from "../../shared/numbers";
import type { ShownGroup } from "../messages";
import { type ShownAnswers, shownAnswers } from "../model/shownAnswers";
import { modelName, text } from "../texts";

export interface HeaderEvents {
  readonly group: (group: string) => void;
  readonly answers: (id: string) => void;
  readonly positive: (code: number | null) => void;
}

const ICONS: Readonly<Record<Acquaintance, IconName>> = {
  unseen: "check",
  unverified: "info",
  chosen: "warning",
  inner: "warning",
  overlapping: "warning",
  trained: "warning",
};

/** Who these people are, and what the networks know of them. */
export function resultsHeader(
  name: string,
  group: ShownGroup,
  shown: ShownAnswers,
  report: () => void,
): TemplateResult {
  const { acquaintance, knownPeople, counts, classes, source } = group;
  const table = source.tables[0];
  return html`<header class="head">
    <div class="titles">
      <h1>${text("title", group.group, name)}</h1>
      <p class="standing ${isOptimistic(acquaintance) ? "optimistic" : ""}">
        ${icon(ICONS[acquaintance])}<strong>${text(acquaintance)}</strong>
        <span>${text(`${acquaintance}Help`, formatCount(knownPeople))}</span>
      </p>
      <button class="action" title=${text("reportHelp")} @click=${report}>${text("report")}</button>
    </div>
    <dl class="facts numeric">
      <div>
        <dt>n</dt>
        <dd>
          ${text("people", formatCount(counts.people))}, ${text("sessions", formatCount(counts.sessions))}${counts.byClass.map(
            ({ people, sessions }, code) =>
              html`<span> · ${text("classCount", classes[code] ?? String(code), formatCount(people), formatCount(sessions))}</span>`,
          )}${counts.unlabelled === 0 ? nothing : html`<span> · ${text("unlabelled", formatCount(counts.unlabelled))}</span>`}
        </dd>
      </div>
      ${fact(text("caps"), source.capsDirectory)}
      ${fact(text("table"), table ?? "", source.tables.length > 1 ? text("tables", table ?? "", source.tables.length - 1) : undefined)}
    </dl>
    ${group.leftOut === 0 ? nothing : html`<p>${icon("info")} ${text("leftOut", formatCount(group.leftOut))}</p>`}
    ${notes(group, shown)}
  </header>`;
}

const fact = (label: string, path: string, words = path) => html`<div>
  <dt>${label}</dt>
  <dd class="path" title=${words}>${path === "" ? text("notSaid") : words}</dd>
</div>`;

/** What the numbers do not say by themselves. */
function notes({ answers }: ShownGroup, { packed, people }: ShownAnswers) {
  const ungraded = people.people.filter(
    ({ answer }) => answer.kind === "class" && answer.probabilities === null,
  ).length;
  const words = [
    ...(packed.source.kind === "pooled" ? [text("pooledHelp")] : []),
    ...(packed.incomplete > 0 ? [text("incomplete", formatCount(packed.incomplete))] : []),
    ...(ungraded > 0 ? [text("ungraded", formatCount(ungraded))] : []),
    ...(people.changing > 0 ? [text("changing", formatCount(people.changing))] : []),
  ];
  return answers.length === 0 ? nothing : words.map((one) => html`<p class="muted">${one}</p>`);
}

/** The group, the model and the class that the numbers are about. */
export function choiceBar(
  group: ShownGroup,
  chosen: AnswerSource,
  positive: number | null,
  names: MetricNames,
  events: HeaderEvents,
): TemplateResult {
  const kinds = group.answers.filter(({ source }) => source.metric === chosen.metric);
  const metrics = [...new Set(group.answers.map(({ source }) => source.metric))];
  const sameModel = (metric: string) =>
    group.answers.find(({ source }) => source.metric === metric && modelName(source) === modelName(chosen)) ??
    group.answers.find(({ source }) => source.metric === metric);
  const { classes } = group;
  return html`<section class="choices" aria-label=${text("choices")}>
    ${
      group.groups.length < 2
        ? nothing
        : labelled(
            text("group"),
            group.groups.map((name) => [name, name] as const),
            group.group,
            events.group,
          )
    }
    ${labelled(
      text("model"),
      KIND_ORDER.flatMap((kind) => kinds.filter(({ source }) => source.kind === kind)).map(
        ({ id, source }) => [id, modelName(source)] as const,
      ),
      kinds.find(({ source }) => modelName(source) === modelName(chosen))?.id ?? "",
      events.answers,
    )}
    ${labelled(
      text("selection"),
      metrics.map((metric) => [metric, names.metric(metric)] as const),
      chosen.metric,
      (metric) => events.answers(sameModel(metric)?.id ?? ""),
    )}
    ${
      group.task !== "classification" || classes.length < 2
        ? nothing
        : labelled(
            text("positiveClass"),
            [
              ...(classes.length > 2 ? [["", text("allClasses")] as const] : []),
              ...classes.map((name, code) => [String(code), text("againstOthers", name)] as const),
            ],
            positive === null ? "" : String(positive),
            (code) => events.positive(code === "" ? null : Number(code)),
          )
    }
  </section>`;
}

/** The one answer of all splits first. */
const KIND_ORDER = ["ensemble", "pooled", "single"] as const satisfies readonly AnswerSource["kind"][];

function labelled(
  label: string,
  options: readonly (readonly [string, string])[],
  current: string,
  choose: (value: string) => void,
) {
  return html`<label
    ><span class="muted">${label}</span>
    <vscode-single-select
      label=${label}
      .value=${current}
      @change=${(event: Event) => choose(controlValue(event))}
    >
      ${options.map(([value, name]) => html`<vscode-option value=${value} ?selected=${value === current}>${name}</vscode-option>`)}
    </vscode-single-select>
  </label>`;
}

/** What each split answered for one row, of the selection metric that is looked at. */
export const splitsOf = (group: ShownGroup, metric: string): readonly ShownAnswers[] =>
  group.answers
    .filter(({ source }) => source.metric === metric && source.kind === "single")
    .map((packed) => shownAnswers(group, packed));

export const headerStyles = css`
  .head {
    display: grid;
    gap: 6px;
    padding: 10px 20px;
    border-block-end: 1px solid var(--rim);
  }
  h1 {
    font-size: 16px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .titles {
    display: flex;
    align-items: flex-start;
    gap: 2px 16px;
  }
  .titles > h1 {
    flex: none;
    max-inline-size: 50%;
  }
  .standing {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    min-inline-size: 0;
    min-block-size: 24px;
  }
  .standing.optimistic .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 24px;
    font-size: 12px;
  }
  .facts > div {
    display: flex;
    gap: 6px;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .facts dt {
    flex: none;
    color: var(--muted);
  }
  .facts .path {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
    padding: 8px 20px;
    border-block-end: 1px solid var(--rim);
  }
  .choices label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .choices vscode-single-select {
    inline-size: 145px;
  }
  /* The first curve is to be in sight of a small window. */
  @container (max-inline-size: 899px) {
    .head {
      gap: 3px;
      padding-block: 6px;
    }
    .choices {
      gap: 4px 12px;
      padding-block: 5px;
    }
  }
  @container (max-inline-size: 600px) {
    h1 {
      font-size: 14px;
    }
    .titles {
      flex-wrap: wrap;
      align-items: center;
    }
    .titles > h1 {
      flex: 1;
      max-inline-size: none;
    }
    .standing {
      order: 1;
      flex-basis: 100%;
      min-block-size: 0;
      font-size: 12px;
    }
    .facts {
      column-gap: 16px;
    }
    .facts > div:not(:first-child) {
      flex: 1 1 40%;
    }
    .choices {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
    .choices label {
      min-inline-size: 0;
      gap: 6px;
      font-size: 12px;
    }
    .choices vscode-single-select {
      flex: 1;
      inline-size: auto;
      min-inline-size: 84px;
    }
  }
`;
