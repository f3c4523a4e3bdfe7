import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { css, html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { lowerIsBetter } from "../../src/statistics/metrics/metrics";
import "../shared/chart/chartElement";
import "../shared/plot/plotElement";
import type { ExportDetail } from "../shared/chart/chartElement";
import type { View } from "../shared/chart/figure";
import { legendStyles, paletteStyles } from "../shared/chart/legend";
import { controlValue } from "../shared/events";
import { exportFigure } from "../shared/exportFigure";
import { fileName } from "../shared/fileName";
import { Host } from "../shared/host";
import { icon } from "../shared/icon";
import { type PlotExport, plotFile } from "../shared/plot/plotFile";
import { rangeStyles } from "../shared/rangeStyles";
import { sharedStyles } from "../shared/styles";
import { useTranslations } from "../shared/text";
import type { ComparedGroup, ComparedRun, FromCompare, ToCompare } from "./messages";
import { compareFigure, MOST_DISTINCT } from "./model/figure";
import { parallelPlot } from "./model/parallelPlot";
import { metricsOf, resultsCsv, settingsCsv } from "./model/results";
import { type CompareState, isCompareState, usualState } from "./state";
import { metricNamesOf, text, trackName } from "./texts";
import { select } from "./view/choice";
import { groupsSection, groupsStyles } from "./view/groups";
import { resultsTable, settingsTable, type TableEvents, tablesStyles } from "./view/tables";

/** Runs side by side: curves, results, settings. */
@customElement("gyrus-compare")
export class CompareElement extends LitElement {
  readonly #host = new Host<ToCompare, FromCompare, CompareState>();
  @state() private accessor settings: CompareState | null = null;
  @state() private accessor hovered: string | null = null;
  @state() private accessor cursor: number | null = null;
  /** Data groups that a run has results of, and the one that is compared. */
  @state() private accessor groups: readonly string[] = [];
  @state() private accessor compared: ComparedGroup | null = null;
  readonly #runs = new Map<string, ComparedRun>();

  static override styles = [
    ...sharedStyles,
    paletteStyles,
    legendStyles,
    rangeStyles,
    tablesStyles,
    groupsStyles,
    css`
      :host {
        display: block;
      }
      header {
        padding: 10px 20px;
        border-block-end: 1px solid var(--rim);
      }
      h1 {
        margin: 0;
        font-size: 16px;
        font-weight: 600;
      }
      main {
        display: grid;
        gap: 16px;
        padding: 12px 20px 24px;
      }
      section {
        display: grid;
        gap: 8px;
        min-inline-size: 0;
      }
      section + section {
        padding-block-start: 12px;
        border-block-start: 1px solid var(--rim);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 16px;
      }
      .bar label {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .bar vscode-single-select {
        inline-size: 150px;
      }
      .bar vscode-textfield {
        inline-size: 240px;
      }
      .bar .last {
        margin-inline-start: auto;
      }
      gyrus-chart {
        block-size: 380px;
      }
      gyrus-plot.parallel {
        block-size: 320px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.#host.recall(isCompareState) ?? null;
    this.#host.listen((message) => this.#receive(message));
    this.#host.post({ kind: "hello" });
  }

  override render() {
    const { settings } = this;
    if (settings === null) return nothing;
    const runs = settings.maps.flatMap((maps) => this.#runs.get(maps) ?? []);
    const header = html`<header><h1>${text("title", settings.maps.length)}</h1></header>`;
    if (runs.length === 0)
      return html`${header}
        <main>
          <p class="muted" role="status">${text(settings.maps.length === 0 ? "none" : "waiting")}</p>
        </main>`;
    return html`${header}
      <main @gyrus-plot-export=${({ detail }: CustomEvent<PlotExport>) => this.#exportPlot(detail)}>
        ${runs.flatMap(({ name, problems }) =>
          problems.map((problem) => html`<p role="alert">${icon("warning")} ${name}: ${problem}</p>`),
        )}
        ${this.#curves(runs, settings)} ${this.#results(runs, settings)}
        ${groupsSection(runs, this.groups, this.compared, (group) => this.#host.post({ kind: "group", group }))}
        ${this.#settings(runs, settings)}
      </main>`;
  }

  #curves(runs: readonly ComparedRun[], settings: CompareState) {
    const metrics = metricsOf(runs);
    const names = metricNamesOf(runs);
    const distinct = new Set([...settings.pinned, ...(this.hovered === null ? [] : [this.hovered])]);
    // Values of unlike tasks stand on no axis together.
    const tasks = [...new Set(runs.map(({ task }) => task))];
    const figures = tasks.map((task) => {
      const of = runs.filter((run) => run.task === task);
      const figure = compareFigure(runs, of, settings, distinct, {
        metric: names.metric(settings.metric),
        epochs: text("epochs"),
        train: text("train"),
        validation: text("validation"),
        track: trackName,
      });
      return tasks.length === 1 || task === null
        ? figure
        : { ...figure, id: `${figure.id}-${task}`, title: text("curvesOf", figure.title, task) };
    });
    return html`<section aria-label=${text("curves")}>
      <div class="bar">
        <h2>${text("curves")}</h2>
        ${select(
          text("metric"),
          metrics.map((name) => [name, names.metric(name)]),
          settings.metric,
          (metric) => this.#change({ metric }),
        )}
        ${select(
          text("set"),
          (["validation", "train", "both"] as const).map((name) => [name, text(name)]),
          settings.sets,
          (sets) => this.#change({ sets: sets === "train" || sets === "both" ? sets : "validation" }),
        )}
        <label>
          <span class="muted">${text("smoothing")}</span>
          <input
            type="range"
            min="0"
            max="0.99"
            step="0.01"
            .value=${String(settings.smoothing)}
            @input=${(event: Event) => this.#change({ smoothing: Number(controlValue(event)) })}
          />
          <output>${settings.smoothing === 0 ? text("smoothingOff") : settings.smoothing.toFixed(2)}</output>
        </label>
        <vscode-checkbox
          label=${text("logScale")}
          ?checked=${settings.logScale}
          ?disabled=${!lowerIsBetter(settings.metric)}
          @change=${() => this.#change({ logScale: !settings.logScale })}
        ></vscode-checkbox>
        ${runs.length > MOST_DISTINCT ? html`<span class="muted">${text("dimmed", runs.length)}</span>` : nothing}
      </div>
      ${figures.map(
        (figure) => html`<gyrus-chart
        .figure=${figure}
        .view=${settings.view}
        .cursor=${this.cursor}
        .formatX=${(x: number) => text("epochAt", String(Math.round(x * 100) / 100))}
        @gyrus-hover=${({ detail }: CustomEvent<number | null>) => {
          this.cursor = detail;
        }}
        @gyrus-view=${({ detail }: CustomEvent<View>) => this.#change({ view: detail })}
        @gyrus-export=${({ detail }: CustomEvent<ExportDetail>) => this.#export(detail)}
      ></gyrus-chart>`,
      )}
    </section>`;
  }

  #results(runs: readonly ComparedRun[], settings: CompareState) {
    const metrics = [...new Set(runs.flatMap(({ selectionMetrics }) => selectionMetrics))];
    const names = metricNamesOf(runs);
    return html`<section aria-label=${text("results")}>
      <div class="bar">
        <h2>${text("results")}</h2>
        <span class="muted">${text("selection")}</span>
        ${select(
          text("selection"),
          metrics.map((name) => [name, names.metric(name)]),
          settings.selection,
          (selection) => this.#change({ selection }),
        )}
        <vscode-textfield
          type="text"
          label=${text("filter")}
          placeholder=${text("filter")}
          .value=${settings.filter}
          @input=${(event: Event) => this.#change({ filter: controlValue(event) })}
        ></vscode-textfield>
        ${this.#exportButton(text("exportResults"), () =>
          this.#save("results.csv", resultsCsv(runs, settings.selection)),
        )}
      </div>
      ${resultsTable(runs, settings, this.#events)}
      <p class="muted">${text("resultsHelp", text("splits"))}</p>
    </section>`;
  }

  #settings(runs: readonly ComparedRun[], settings: CompareState) {
    return html`<section aria-label=${text("settings")}>
      <div class="bar">
        <h2>${text("settings")}</h2>
        <vscode-checkbox
          label=${text("onlyDifferences")}
          ?checked=${settings.onlyDifferences}
          @change=${() => this.#change({ onlyDifferences: !settings.onlyDifferences })}
        ></vscode-checkbox>
        ${this.#exportButton(text("exportSettings"), () => this.#save("settings.csv", settingsCsv(runs)))}
      </div>
      ${settingsTable(runs, settings)}
      ${this.#parallel(runs, settings)}
    </section>`;
  }

  /** Of many runs: which settings lead to which value of the metric that is looked at. */
  #parallel(runs: readonly ComparedRun[], { selection, metric }: CompareState) {
    // Values of unlike tasks stand on no axis together.
    const alike = runs.filter(({ task }) => task === runs[0]?.task);
    const name = metricNamesOf(alike).metric(metric);
    const plot = parallelPlot(alike, selection, metric, {
      title: text("parallel", name),
      run: text("run"),
      metric: name,
    });
    return plot === null ? nothing : html`<gyrus-plot class="parallel" .plot=${plot}></gyrus-plot>`;
  }

  readonly #events: TableEvents = {
    change: (changed) => this.#change(changed),
    hover: (maps) => {
      this.hovered = maps;
    },
    open: (maps) => this.#host.post({ kind: "open", maps }),
    remove: (maps) => this.#host.post({ kind: "remove", maps }),
  };

  #exportButton(label: string, press: () => void) {
    return html`<button class="tool last" aria-label=${label} title=${label} @click=${press}>${icon("export")}</button>`;
  }

  #receive(message: ToCompare): void {
    switch (message.kind) {
      case "welcome":
        useTranslations(message.texts);
        this.#remember({ ...(this.settings ?? usualState(message.maps)), maps: message.maps });
        break;
      case "maps":
        this.#change({ maps: message.maps });
        break;
      case "groups":
        this.groups = message.groups;
        break;
      case "group":
        this.compared = message.compared;
        break;
      case "run":
        this.#runs.set(message.run.maps, message.run);
        break;
    }
    this.requestUpdate();
  }

  async #exportPlot(detail: PlotExport): Promise<void> {
    this.#host.post({ kind: "save", ...(await plotFile(detail, fileName("comparison", detail.plot.id))) });
  }

  async #export(detail: ExportDetail): Promise<void> {
    this.#host.post({ kind: "save", ...(await exportFigure(detail, `comparison-${detail.figure.id}`)) });
  }

  #save(name: string, content: string): void {
    this.#host.post({ kind: "save", name: `comparison-${name}`, content });
  }

  #change(changed: Partial<CompareState>): void {
    if (this.settings !== null) this.#remember({ ...this.settings, ...changed });
  }

  #remember(settings: CompareState): void {
    this.settings = settings;
    this.#host.remember(settings);
  }
}
