import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import "../shared/dataTable";
import { toCsv, toTsv } from "../shared/csv";
import { fileName } from "../shared/fileName";
import { Host } from "../shared/host";
import { icon } from "../shared/icon";
import { type MetricNames, metricNames } from "../shared/metricNames";
import { type PlotExport, plotFile } from "../shared/plot/plotFile";
import { useTranslations } from "../shared/text";
import { shareText } from "./figureTexts";
import type { FromResults, ShownGroup, ToResults } from "./messages";
import { sharesOf } from "./model/figureRows";
import { figuresFile, peopleFile, subgroupsFile } from "./model/files";
import { answeringOf, chosenAnswers, shownAnswers } from "./model/shownAnswers";
import { subgroupColumns } from "./model/subgroups";
import { panelStyles } from "./panelStyles";
import { type Looked, ShownSections } from "./shownSections";
import { isResultsState, type ResultsState, usualState } from "./state";
import { text } from "./texts";
import { chartsSection } from "./view/chartsSection";
import { exportMenu, type TableFormat } from "./view/exportMenu";
import { figuresTable, valueText } from "./view/figuresTable";
import { choiceBar, resultsHeader, splitsOf } from "./view/header";
import { nothingYet } from "./view/nothingYet";
import { peopleCard, peopleColumns } from "./view/peopleCard";
import { personCard } from "./view/personCard";
import { subgroupsTable } from "./view/subgroupsTable";
import { thresholdCard } from "./view/thresholdCard";
import { tickedWith } from "./view/ticks";

/** Numbers, then charts, then subgroups. */
const LAST_STAGE = 3;

/** How good the networks are on one group of people, and who was wrong. */
@customElement("gyrus-results")
export class ResultsElement extends LitElement {
  readonly #host = new Host<ToResults, FromResults, ResultsState>();
  readonly #sections = new ShownSections(() => this.requestUpdate());
  @state() private accessor settings: ResultsState | null = null;
  @state() private accessor results: ShownGroup | null = null;
  @state() private accessor problems: readonly string[] | null = null;
  /** Row of the group whose session is looked at; null for the first of the list. */
  @state() private accessor chosen: number | null = null;
  /** Rows whose images may stand side by side: two at most. */
  @state() private accessor ticked: readonly number[] = [];
  @state() private accessor votes: Extract<ToResults, { kind: "votes" }> | null = null;
  /** Sections that are drawn so far: one after the other, so that no task is long where there are thousands of people. */
  @state() private accessor stage = 0;
  /** There is one column: the first curve stands above the figures, to be seen at once. */
  readonly #narrow = window.matchMedia("(max-width: 899px)");
  #name = "";
  /** Row and metric whose votes were asked for. */
  #asked = "";

  static override styles = panelStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.#host.recall(isResultsState) ?? null;
    this.#host.listen((message) => this.#receive(message));
    this.#narrow.addEventListener("change", this.#widened);
    this.#host.post({ kind: "hello" });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow.removeEventListener("change", this.#widened);
    this.#sections.cancel();
  }

  override render() {
    const { settings, results } = this;
    if (settings === null) return nothing;
    const packed = results === null ? undefined : chosenAnswers(results, settings);
    if (results === null || packed === undefined)
      return nothingYet(text("title", settings.group, this.#name), results?.problems ?? this.problems);
    const shown = shownAnswers(results, packed);
    const looked = { group: results, shown, state: settings };
    const answering = answeringOf(results, settings);
    return html`<div class="page">
      ${resultsHeader(this.#name, results, shown, () => this.#host.post({ kind: "report" }))}
      ${choiceBar(results, packed.source, answering.positive, metricNames(results.classes), {
        group: (group) => this.#host.post({ kind: "group", group }),
        answers: (answers) => this.#change({ answers, ...this.#kept({ ...settings, answers }) }),
        positive: (positive) => this.#change({ positive, ...this.#kept({ ...settings, positive }) }),
      })}
      <main>
        <div class="sheet">
          ${results.problems.map((problem) => html`<p role="alert">${icon("warning")} ${problem}</p>`)}
          ${this.stage < 1 ? nothing : this.#numbers(looked)} ${this.stage < 1 ? nothing : this.#confused(looked)}
          ${this.#people(looked)} ${this.stage < LAST_STAGE ? nothing : this.#subgroups(looked)}
        </div>
      </main>
    </div>`;
  }

  protected override updated(): void {
    if (this.results === null || this.stage >= LAST_STAGE) return;
    setTimeout(() => {
      this.stage = Math.min(LAST_STAGE, this.stage + 1);
    });
  }

  /** The figures and the curves that they are of. */
  #numbers(looked: Looked) {
    const results = looked.group;
    const { confused, labelled } = this.#sections.numbers(looked);
    const figures = this.#sections.figures(looked);
    if (!labelled && results.task !== "reconstruction")
      return html`<p class="numbers muted">${text("noLabels")}</p>`;
    const shares = confused === null ? {} : sharesOf(confused.matrix);
    const [first, others] = this.stage < 2 ? [nothing, nothing] : this.#charts(looked);
    return html`<div class="numbers">
      ${first}
      ${figuresTable(
        figures,
        shares,
        this.#names(results),
        results.task === "classification" ? shareText : valueText,
        exportMenu(text("exportFigures"), (format) =>
          this.#save("figures", format, figuresFile(figures.measures, results.classes, shares)),
        ),
      )}
      ${others}
    </div>`;
  }

  #confused(looked: Looked) {
    const { answering, confused, scored } = this.#sections.numbers(looked);
    if (confused === null) return nothing;
    const name = looked.group.classes[answering.positive ?? -1] ?? "";
    const ofFirst = answering.positive === 0;
    return thresholdCard(
      confused.matrix,
      confused.names,
      {
        answering,
        name,
        movable: scored,
        youden: ofFirst ? looked.shown.packed.youden : null,
        kept: ofFirst ? (looked.shown.packed.threshold?.value ?? null) : null,
      },
      (threshold) => this.#change({ threshold }),
    );
  }

  /** What stands above the figures, and what below. */
  #charts(looked: Looked) {
    const { scored } = this.#sections.numbers(looked);
    const plots = this.#sections.plots(looked);
    const isCurved = looked.group.task !== "classification" || plots.some(({ id }) => id === "roc");
    const why = isCurved ? "" : text(scored ? "oneClass" : "noProbabilities");
    const events = {
      person: (row: number) => this.#choose(row),
      export: (detail: PlotExport) => void this.#exportPlot(detail),
    };
    const [first, ...others] = plots;
    if (first === undefined || !this.#narrow.matches) return [nothing, chartsSection(plots, why, events)];
    return [chartsSection([first], why, events, first.title), chartsSection(others, "", events)];
  }

  readonly #widened = () => this.requestUpdate();

  #subgroups(looked: Looked) {
    const { group: results, state: settings } = looked;
    if (results.task !== "classification") return nothing;
    const columns = subgroupColumns(results.rows.columns, results.label);
    const column = columns.find((name) => name === settings.subgroups) ?? columns[0] ?? null;
    const rows = this.#sections.subgroups({ ...looked, column }).map((one) => ({
      name: one.name ?? text("notGiven"),
      people: one.people.length,
      figures: one.figures,
    }));
    return subgroupsTable(
      rows,
      columns,
      column,
      this.#names(results),
      (subgroups) => this.#change({ subgroups }),
      exportMenu(text("exportSubgroups"), (format) =>
        this.#save(`subgroups-${column ?? ""}`, format, subgroupsFile(column ?? "", rows)),
      ),
    );
  }

  #people(looked: Looked) {
    const { group: results, shown, state: settings } = looked;
    const { listed, all, answering } = this.#sections.list(looked);
    const { metric } = shown.packed.source;
    const splits = splitsOf(results, metric);
    const tick = (row: number) => {
      this.ticked = tickedWith(this.ticked, row);
    };
    const { ticked } = this;
    const columns = peopleColumns(results, listed, answering, splits, ticked, {
      image: (row) => this.#openImage(row),
      tick,
    });
    const current = this.chosen ?? listed[0]?.row ?? -1;
    const votes = this.votes?.row === current && this.votes.metric === metric ? this.votes.votes : null;
    if (current >= 0 && results.mode !== "image" && votes === null) this.#askVotes(current, metric);
    const models = shown.packed.source.kind === "single" ? splits : [shown, ...splits];
    return html`<div class="beside">
      ${peopleCard(results, { listed, all, columns, current, ticked }, settings, {
        change: (changed) => this.#change(changed),
        choose: (row) => this.#choose(row),
        image: (row) => this.#openImage(row),
        tick,
        sideBySide: () => this.#openTwo(),
        map: (row) => this.#openMap(results, row, metric),
        export: (format) => this.#save("participants", format, peopleFile(results, listed, shown, splits)),
      })}
      ${
        current < 0
          ? nothing
          : personCard(results, current, models, votes, {
              image: (row) => this.#openImage(row),
              map: (row, explanation) => this.#host.post({ kind: "map", row, metric, explanation }),
              explain: () => this.#host.post({ kind: "explain" }),
            })
      }
    </div>`;
  }

  #names(results: ShownGroup): MetricNames {
    const { positive } = answeringOf(results, this.settings!);
    // Of two classes the chosen one is the positive one, whose share is the sensitivity.
    const classes =
      positive === 1 && results.classes.length === 2 ? results.classes.toReversed() : results.classes;
    return metricNames(classes);
  }

  #receive(message: ToResults): void {
    switch (message.kind) {
      case "welcome":
        useTranslations(message.texts);
        this.#name = message.name;
        this.#remember({
          ...(this.settings ?? usualState(message.maps, message.group)),
          maps: message.maps,
          group: message.group,
        });
        break;
      case "results":
        this.#take(message.results);
        this.stage = 0;
        this.problems = null;
        this.#asked = "";
        break;
      case "nothing":
        this.problems = message.problems;
        break;
      case "votes":
        this.votes = message;
        break;
    }
    this.requestUpdate();
  }

  /** The threshold that is kept with the results is where the reader begins; whoever has moved it goes on from there. */
  #take(results: ShownGroup): void {
    const before = this.results === null ? null : this.#kept(this.settings!).threshold;
    const moved = this.settings !== null && this.settings.threshold !== before;
    this.results = results;
    this.ticked = [];
    if (this.settings !== null && !moved) this.#change(this.#kept(this.settings));
  }

  /** Of the answers that are looked at, by the class that it is of: the first. */
  #kept(settings: Pick<ResultsState, "answers" | "positive">): Pick<ResultsState, "threshold"> {
    const { results } = this;
    const packed = results === null ? undefined : chosenAnswers(results, settings);
    return { threshold: settings.positive === 1 ? null : (packed?.threshold?.value ?? null) };
  }

  #choose(row: number): void {
    this.chosen = row;
  }

  #openImage(row: number): void {
    this.chosen = row;
    this.#host.post({ kind: "image", row });
  }

  #openTwo(): void {
    const [left, right] = this.ticked;
    if (left !== undefined && right !== undefined)
      this.#host.post({ kind: "sideBySide", rows: [left, right] });
  }

  /** The first map there is; without any, how to make some. */
  #openMap({ explanations: [explanation] }: ShownGroup, row: number, metric: string): void {
    if (explanation === undefined) this.#host.post({ kind: "explain" });
    else this.#host.post({ kind: "map", row, metric, explanation });
  }

  #askVotes(row: number, metric: string): void {
    const asked = `${row}\t${metric}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#host.post({ kind: "votes", row, metric });
  }

  async #exportPlot(detail: PlotExport): Promise<void> {
    this.#host.post({ kind: "save", ...(await plotFile(detail, this.#fileName(detail.plot.id))) });
  }

  #save(what: string, format: TableFormat, rows: readonly (readonly string[])[]): void {
    const content = format === "csv" ? toCsv(rows) : toTsv(rows);
    this.#host.post({ kind: "save", name: `${this.#fileName(what)}.${format}`, content });
  }

  #fileName = (what: string) => fileName(this.#name, this.settings?.group ?? "", what);

  #change(changed: Partial<ResultsState>): void {
    if (this.settings !== null) this.#remember({ ...this.settings, ...changed });
  }

  #remember(settings: ResultsState): void {
    this.settings = settings;
    this.#host.remember(settings);
  }
}
