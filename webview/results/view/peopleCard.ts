import { css, html, nothing, type TemplateResult } from "lit";
import type { SessionAnswer } from "../../../src/report/results/groupResults";
import type { Cell, Sorting, TableColumn } from "../../shared/cells";
import { controlValue } from "../../shared/events";
import { icon } from "../../shared/icon";
import { formatCount, formatMetric } from "../../shared/numbers";
import type { ShownGroup } from "../messages";
import { type Answering, scoreOf } from "../model/answering";
import { errorOf, type Listed } from "../model/peopleList";
import type { ShownAnswers } from "../model/shownAnswers";
import type { ResultsState } from "../state";
import { text } from "../texts";
import { keyOfList, type ListEvents, tickColumn } from "./ticks";

export interface PeopleEvents extends ListEvents {
  readonly change: (changed: Partial<ResultsState>) => void;
  readonly choose: (row: number) => void;
  readonly image: (row: number) => void;
  readonly export: (format: "csv" | "tsv") => void;
}

/** The list of sessions as it is shown. */
export interface ShownList {
  readonly listed: readonly Listed[];
  readonly all: number;
  readonly columns: readonly TableColumn[];
  /** Row of the group that is chosen; -1 for none. */
  readonly current: number;
  /** Rows of the group, two at most. */
  readonly ticked: readonly number[];
}

/** How the order is said when nobody has sorted. */
const ORDERS = {
  classification: "shown",
  regression: "shownByError",
  reconstruction: "shownByFigure",
} as const satisfies Readonly<Record<ShownGroup["task"], string>>;

/** Every session that was answered. The wrong and unsure ones come first. */
export function peopleCard(
  group: ShownGroup,
  { listed, all, columns, current, ticked }: ShownList,
  state: ResultsState,
  events: PeopleEvents,
): TemplateResult {
  const place = listed.findIndex(({ row }) => row === current);
  const two = ticked.length === 2;
  return html`<section class="people" aria-label=${text("participants")}>
    <div class="bar">
      <h2>${text("participants")}</h2>
      <vscode-textfield
        type="text"
        label=${text("filter")}
        placeholder=${text("filter")}
        .value=${state.filter}
        @input=${(event: Event) => events.change({ filter: controlValue(event) })}
      ></vscode-textfield>
      ${
        group.task !== "classification"
          ? nothing
          : html`<vscode-checkbox
              label=${text("onlyWrong")}
              ?checked=${state.onlyWrong}
              @change=${() => events.change({ onlyWrong: !state.onlyWrong })}
            ></vscode-checkbox>`
      }
      <button
        class="action"
        title=${text(two ? "sideBySideHelp" : "tickTwo")}
        ?disabled=${!two}
        @click=${() => events.sideBySide()}
      >
        ${icon("split-horizontal")} ${text("sideBySide")}
      </button>
      <gyrus-menu
        class="last"
        .label=${text("exportPeople")}
        .icon=${"export"}
        .items=${[{ id: "csv", label: text("exportCsv") }, { id: "tsv", label: text("exportTsv") }]}
        @gyrus-choose=${({ detail }: CustomEvent<string>) => events.export(detail === "tsv" ? "tsv" : "csv")}
      ></gyrus-menu>
    </div>
    <p class="muted numeric" role="status">
      ${text(state.sorting === null ? ORDERS[group.task] : "shownBy", formatCount(listed.length), formatCount(all))}${ticked.length === 0 ? nothing : html` · ${text("ticked", ticked.length)}`}
    </p>
    <gyrus-table
      .label=${`${text("participants")}. ${text("participantsHelp")}`}
      .rows=${listed.length}
      .columns=${columns}
      .sorting=${state.sorting}
      .current=${place}
      .selectable=${true}
      @gyrus-sort=${({ detail }: CustomEvent<Sorting>) => events.change({ sorting: detail })}
      @gyrus-row=${({ detail }: CustomEvent<number>) => events.choose(listed[detail]!.row)}
      @gyrus-enter=${({ detail }: CustomEvent<number>) => events.image(listed[detail]!.row)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const meant = keyOfList(event.key, current, two, events);
        if (meant === null) return;
        event.preventDefault();
        meant();
      }}
    ></gyrus-table>
  </section>`;
}

/** The columns of the list: who, whether right, truth, answer, and what each split and the table of the group say of them. */
export function peopleColumns(
  group: ShownGroup,
  listed: readonly Listed[],
  answering: Answering,
  splits: readonly ShownAnswers[],
  ticked: readonly number[],
  events: Pick<PeopleEvents, "image" | "tick">,
): readonly TableColumn[] {
  const { rows } = group;
  const rowOf = (place: number) => listed[place]!.row;
  const participant: TableColumn = {
    ...words("participant", text("participant"), widest(rows.participants, 11)),
    value: (place) => rows.participants[rowOf(place)]!,
    instead: (place) => imageLink(rows.participants[rowOf(place)]!, rowOf(place), events),
  };
  const session: TableColumn = {
    ...words("session", text("session"), widest(rows.sessions, 8)),
    value: (place) => rows.sessions[rowOf(place)]!,
  };
  return [
    tickColumn((place) => rows.participants[rowOf(place)]!, rowOf, ticked, events),
    ...(group.task === "classification" ? [standing(listed)] : []),
    participant,
    session,
    ...answerColumns(group, listed, answering),
    ...(group.task === "reconstruction" || splits.length < 2
      ? []
      : splits.map((split) => splitColumn(group, split, rowOf, answering))),
    ...rows.columns
      .filter(({ name }) => name !== group.label)
      .map(
        ({ name, values }): TableColumn => ({
          ...words(`column:${name}`, name, Math.min(16, widest(values, name.length))),
          value: (place) => asCell(values[rowOf(place)]!),
        }),
      ),
  ];
}

/** Icon and word: right, or wrong. */
const standing = (listed: readonly Listed[]): TableColumn => ({
  id: "right",
  label: "✓",
  title: `${text("right")} / ${text("wrong")}`,
  align: "start",
  width: 7,
  value: (place) => {
    const { right } = listed[place]!;
    return right === null ? null : Number(right);
  },
  format: () => "",
  instead: (place) => {
    const { right } = listed[place]!;
    if (right === null) return "–";
    return html`<span class=${right ? "" : "strong"}>${icon(right ? "check" : "close")} ${text(right ? "right" : "wrong")}</span>`;
  },
});

function answerColumns(
  group: ShownGroup,
  listed: readonly Listed[],
  answering: Answering,
): readonly TableColumn[] {
  const session = (place: number) => listed[place]!.session;
  const { classes, figures } = group;
  switch (group.task) {
    case "classification":
      return [
        {
          ...words("truth", text("truth"), widest(classes, 6)),
          value: (place) => className(session(place).truth, classes),
        },
        {
          ...words("answer", text("answer"), widest(classes, 6)),
          value: (place) => answerName(session(place), classes),
        },
        {
          ...numbers("probability", text("probability", classes[answering.positive ?? -1] ?? text("answer"))),
          value: (place) => scoreOf(session(place).answer, answering),
        },
      ];
    case "regression":
      return [
        { ...numbers("truth", text("truth")), value: (place) => session(place).truth },
        { ...numbers("answer", text("answer")), value: (place) => answeredValue(session(place)) },
        { ...numbers("error", text("error")), value: (place) => errorOf(session(place)) },
      ];
    case "reconstruction":
      return figures.map((name) => ({
        ...numbers(name, name),
        value: (place) => figureOf(session(place), name),
      }));
  }
}

function splitColumn(
  group: ShownGroup,
  { packed, sessions }: ShownAnswers,
  rowOf: (place: number) => number,
  answering: Answering,
): TableColumn {
  const entries = new Map(Array.from(packed.rows, (row, entry) => [row, entry] as const));
  const label = packed.source.kind === "single" ? text("split", packed.source.split) : packed.id;
  return {
    ...numbers(packed.id, label),
    value: (place) => {
      const session = sessions[entries.get(rowOf(place)) ?? -1];
      if (session === undefined) return null;
      return group.task === "classification" ? scoreOf(session.answer, answering) : answeredValue(session);
    },
  };
}

/** Opens the image; reached by the keyboard through the table, whose rows it would be a stop of each. */
const imageLink = (name: string, row: number, { image }: Pick<PeopleEvents, "image">) =>
  html`<button
    class="link"
    tabindex="-1"
    title=${text("openImage", name)}
    @click=${() => image(row)}
  >
    ${name}
  </button>`;

export const className = (code: number | null, classes: readonly string[]): string | null =>
  code === null ? null : (classes[code] ?? String(code));

export const answerName = ({ answer }: SessionAnswer, classes: readonly string[]): string | null =>
  answer.kind === "class" ? className(answer.predicted, classes) : null;

export const answeredValue = ({ answer }: SessionAnswer): number =>
  answer.kind === "value" ? answer.value : Number.NaN;

export const figureOf = ({ answer }: SessionAnswer, name: string): number =>
  answer.kind === "reconstruction" ? (answer.metrics[name] ?? Number.NaN) : Number.NaN;

const widest = (values: readonly string[], least: number) =>
  values.reduce((width, { length }) => Math.max(width, length), least);

/** A number is sorted as one. */
const asCell = (value: string): Cell => {
  if (value === "") return null;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
};

const words = (id: string, label: string, width: number) =>
  ({
    id,
    label,
    width,
    align: "start",
    format: (value: Cell) => (value === null ? "–" : String(value)),
  }) as const;

const numbers = (id: string, label: string) =>
  ({
    id,
    label,
    width: Math.max(8, label.length),
    align: "end",
    format: (value: Cell) => (typeof value !== "number" || Number.isNaN(value) ? "–" : formatMetric(value)),
  }) as const;

export const peopleStyles = css`
  .people {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .people gyrus-table {
    flex: 1;
    min-block-size: 220px;
  }
  .people vscode-textfield {
    flex: 1;
    min-inline-size: 140px;
  }
`;
