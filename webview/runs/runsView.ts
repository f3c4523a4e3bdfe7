import { html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import "../shared/dataTable";
import type { Sorting, TableColumn } from "../shared/cells";
import { controlValue } from "../shared/events";
import { Host } from "../shared/host";
import { icon } from "../shared/icon";
import { formatCount } from "../shared/numbers";
import { sharedStyles } from "../shared/styles";
import { useTranslations } from "../shared/text";
import type { FromRuns, ShownNote, ShownRun, ToRuns } from "./messages";
import { KnownRuns } from "./model/known";
import { drawnColumns, type ShownTable, shownTable, tableCsv } from "./model/table";
import { runsStyles } from "./runsStyles";
import { isRunsState, type RunsState, usualRunsState } from "./state";
import { text } from "./texts";
import { chooserStyles, columnChooser } from "./view/columnChooser";
import { cardStyles, runCard } from "./view/runCard";

/** Every run of the workspace in one table. */
@customElement("gyrus-runs")
export class RunsElement extends LitElement {
  readonly #host = new Host<ToRuns, FromRuns, RunsState>();
  readonly #known = new KnownRuns();
  /** Data groups whose answers were asked for. */
  readonly #asked = new Set<string>();
  #made: { readonly key: string; readonly table: ShownTable } | null = null;
  @state() private accessor settings: RunsState = usualRunsState;
  @state() private accessor find = "";
  @state() private accessor welcomed = false;

  static override styles = [...sharedStyles, chooserStyles, cardStyles, runsStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.#host.recall(isRunsState) ?? usualRunsState;
    this.#host.listen((message) => this.#receive(message));
    this.#host.post({ kind: "hello" });
  }

  override render() {
    if (!this.welcomed) return nothing;
    const { settings } = this;
    const table = this.#table();
    const current = this.#known.run(settings.current);
    const against = this.#known.run(settings.against);
    const groups = [...new Set(this.#known.runs.flatMap(({ note }) => note.group ?? []))].sort();
    return html`<main>${this.#header(table, against)}
      ${settings.choosing ? this.#chooser(table) : html`<div></div>`}
      <gyrus-table
        .label=${`${text("title")}. ${text("tableHelp")}`}
        .rows=${table.runs.length}
        .columns=${drawnColumns(table, this.#ownColumns(table.runs), against)}
        .sorting=${settings.sorting}
        .current=${table.runs.findIndex(({ maps }) => maps === settings.current)}
        .selectable=${true}
        @gyrus-sort=${({ detail }: CustomEvent<Sorting>) => this.#change({ sorting: detail })}
        @gyrus-row=${({ detail }: CustomEvent<number>) => this.#change({ current: table.runs[detail]?.maps ?? null })}
        @gyrus-enter=${({ detail }: CustomEvent<number>) => this.#open(table.runs[detail])}
        @keydown=${(event: KeyboardEvent) => this.#key(event, current)}
      ></gyrus-table>
      ${runCard(current, current !== null && current === against, groups, {
        open: (run) => this.#open(run),
        note: (run, change) => this.#note(run, change),
        rename: ({ maps }) => this.#host.post({ kind: "rename", maps }),
        delete: ({ maps }) => this.#host.post({ kind: "delete", maps: [maps] }),
        against: (run) => this.#change({ against: run?.maps ?? null }),
      })}</main>`;
  }

  /** Made anew where what is shown may be another: not for every step of an arrow key. */
  #table(): ShownTable {
    const { filter, columns, archivedToo } = this.settings;
    const key = JSON.stringify([this.#known.version, filter, columns, archivedToo]);
    if (this.#made?.key !== key) this.#made = { key, table: shownTable(this.#known, this.settings) };
    return this.#made.table;
  }

  #header(table: ShownTable, against: ShownRun | null) {
    const { settings } = this;
    const ticked = settings.ticked.filter((maps) => this.#known.run(maps) !== null);
    const { runs, of, unknown } = table;
    const all = runs.length > 0 && runs.every(({ maps }) => ticked.includes(maps));
    return html`<header>
      <div class="bar">
        <h1>${text("title")}</h1>
        <input
          class="field filter"
          type="search"
          aria-label=${text("filter")}
          title=${text("filterHelp")}
          placeholder=${text("filter")}
          .value=${settings.filter}
          @input=${(event: Event) => this.#change({ filter: controlValue(event) })}
        />
        <button
          class="tool"
          aria-pressed=${settings.choosing}
          aria-expanded=${settings.choosing}
          @click=${() => this.#change({ choosing: !settings.choosing })}
        >
          ${icon("table")} ${text("columns")}
        </button>
        <label>
          <input
            type="checkbox"
            .checked=${settings.archivedToo}
            @change=${() => this.#change({ archivedToo: !settings.archivedToo })}
          />
          ${text("archivedToo")}
        </label>
      </div>
      <div class="bar">
        <span class="muted numeric" role="status">
          ${this.#known.searched || of > 0 ? (of === 0 ? text("none") : text("shown", formatCount(runs.length), formatCount(of))) : text("waiting")}
          ${unknown.map((name) => html` · ${text("noColumn", name)}`)}
          ${against === null ? nothing : html` · ${text("marked", against.name)}`}
        </span>
        <span class="last"></span>
        <button class="tool" ?disabled=${runs.length === 0} @click=${() => this.#change({ ticked: all ? [] : runs.map(({ maps }) => maps) })}>
          ${icon("check")} ${text(all ? "untick" : "tickShown")}
        </button>
        <button
          class="main"
          title=${ticked.length < 2 ? text("noTicks") : text("compareHelp")}
          ?disabled=${ticked.length < 2}
          @click=${() => this.#host.post({ kind: "compare", maps: ticked })}
        >
          ${text("compare", ticked.length)}
        </button>
        <button class="tool" aria-label=${text("restore")} title=${text("restore")} @click=${() => this.#host.post({ kind: "restore" })}>
          ${icon("discard")}
        </button>
        <button
          class="tool"
          aria-label=${text("export")}
          title=${text("export")}
          @click=${() => this.#host.post({ kind: "save", name: "runs.csv", content: tableCsv(table, settings) })}
        >
          ${icon("export")}
        </button>
      </div>
    </header>`;
  }

  #chooser({ all, columns }: ShownTable) {
    const ids = columns.map(({ id }) => id);
    return columnChooser(all, columns, this.#known.differing, this.find, {
      find: (words) => {
        this.find = words;
      },
      toggle: (id) =>
        this.#change({ columns: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id] }),
      usual: () => this.#change({ columns: null }),
    });
  }

  /** Ticks, stars and names, reached by keys of the table: a stop of each would be a stop of each row. */
  #ownColumns(runs: readonly ShownRun[]): readonly TableColumn[] {
    const { ticked } = this.settings;
    const button = (
      label: string,
      role: "checkbox" | null,
      on: boolean,
      name: "check" | "blank" | "star-full" | "star-empty",
      press: () => void,
    ) =>
      html`<button
        class="cell"
        tabindex="-1"
        role=${role ?? nothing}
        aria-checked=${role === null ? nothing : on}
        aria-pressed=${role === null ? on : nothing}
        aria-label=${label}
        @click=${press}
      >
        ${role === "checkbox" ? html`<span class="box">${icon(name)}</span>` : icon(name)}
      </button>`;
    return [
      {
        id: "ticked",
        label: "✓",
        title: text("compareHelp"),
        align: "start",
        width: 2,
        value: (row) => Number(!ticked.includes(runs[row]!.maps)),
        format: String,
        instead: (row) => {
          const run = runs[row]!;
          const on = ticked.includes(run.maps);
          return button(text("tick", run.name), "checkbox", on, on ? "check" : "blank", () =>
            this.#tick(run),
          );
        },
      },
      {
        id: "star",
        label: "★",
        title: text("starred"),
        align: "start",
        width: 2,
        value: (row) => Number(runs[row]!.note.star !== true),
        format: String,
        instead: (row) => {
          const run = runs[row]!;
          const on = run.note.star === true;
          return button(text("star", run.name), null, on, on ? "star-full" : "star-empty", () =>
            this.#note(run, { star: !on }),
          );
        },
      },
      {
        id: "name",
        label: text("name"),
        align: "start",
        width: Math.min(
          30,
          runs.reduce((most, { name }) => Math.max(most, name.length + 1), 8),
        ),
        value: (row) => runs[row]!.name,
        format: String,
        instead: (row) => {
          const run = runs[row]!;
          return html`<button class="link" tabindex="-1" title=${run.maps} @click=${() => this.#open(run)}>${run.name}</button>`;
        },
      },
    ];
  }

  #key(event: KeyboardEvent, current: ShownRun | null): void {
    if (current === null || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case " ":
        this.#tick(current);
        break;
      case "s":
        this.#note(current, { star: current.note.star !== true });
        break;
      case "F2":
        this.#host.post({ kind: "rename", maps: current.maps });
        break;
      case "Delete":
        this.#host.post({ kind: "delete", maps: [current.maps] });
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #tick({ maps }: ShownRun): void {
    const { ticked } = this.settings;
    this.#change({
      ticked: ticked.includes(maps) ? ticked.filter((one) => one !== maps) : [...ticked, maps],
    });
  }

  #open(run: ShownRun | undefined): void {
    if (run !== undefined) this.#host.post({ kind: "open", maps: run.maps });
  }

  #note({ maps }: ShownRun, change: ShownNote): void {
    this.#host.post({ kind: "note", maps: [maps], change });
  }

  #receive(message: ToRuns): void {
    if (message.kind === "welcome") {
      useTranslations(message.texts);
      this.welcomed = true;
      this.#asked.clear();
    } else this.#known.take(message);
    this.#askForGroups();
    this.requestUpdate();
  }

  /** What a column of a data group tells is read when there is one: thousands of runs have answered many. */
  #askForGroups(): void {
    const groups = new Set(this.#known.runs.flatMap((run) => run.groups));
    for (const id of this.settings.columns ?? []) {
      const group = [...groups].find((one) => id.startsWith(`${one}.`));
      if (group === undefined || this.#asked.has(group)) continue;
      this.#asked.add(group);
      this.#host.post({ kind: "group", group });
    }
  }

  #change(changed: Partial<RunsState>): void {
    this.settings = { ...this.settings, ...changed };
    this.#host.remember(this.settings);
    if (changed.columns !== undefined) this.#askForGroups();
  }
}
