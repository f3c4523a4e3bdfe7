import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import "../shared/chart/chartElement";
import type { ExportDetail } from "../shared/chart/chartElement";
import type { Figure, View } from "../shared/chart/figure";
import { legendStyles, paletteStyles } from "../shared/chart/legend";
import "../shared/dataTable";
import { Requests } from "../../src/messages/requests";
import { constantAnswer } from "../../src/run/constantAnswer";
import { leadingMetrics } from "../../src/statistics/metrics/metrics";
import { confusionTableStyles } from "../shared/confusionTable";
import { exportFigure } from "../shared/exportFigure";
import { fileName } from "../shared/fileName";
import { Host } from "../shared/host";
import { icon } from "../shared/icon";
import { type MetricNames, metricNames } from "../shared/metricNames";
import { formatMetric } from "../shared/numbers";
import { properties } from "../shared/properties";
import { refusals } from "../shared/refusal";
import { sharedStyles } from "../shared/styles";
import { useTranslations } from "../shared/text";
import type { FromTraining, RunInfo, ToTraining, TrainingMethods } from "./messages";
import { confusionRow } from "./model/confusionRow";
import { commonExtent, metricFigure, type NamedTrack } from "./model/figures";
import { meanFigure } from "./model/meanFigure";
import { chartedMetrics, classesOf, currentTrack, shownTracks, withCommonRange } from "./model/shown";
import { type DisplaySettings, isDisplaySettings, usualSettings } from "./settings";
import { TrainingStore } from "./store";
import { figureWords, text, trackName } from "./texts";
import { trainingPanelStyles } from "./trainingPanelStyles";
import { auditCard, auditCardStyles } from "./view/auditCard";
import { clusterCard, clusterCardStyles } from "./view/clusterCard";
import { confusionCard, confusionCardStyles } from "./view/confusionCard";
import { displayBar, displayBarStyles } from "./view/displayBar";
import { epochColumns, epochsCsv } from "./view/epochsTable";
import { nextCard, nextCardStyles } from "./view/nextCard";
import "./view/reconstructionsCard";
import { partsMap, partsMapStyles } from "./view/partsMap";
import type { ReadPlanes } from "./view/reconstructionsCard";
import { problemLines, runHeader } from "./view/runHeader";
import { runHeaderStyles } from "./view/runHeaderStyles";
import { scrolledTableStyles } from "./view/scrolledTable";
import { setsCard, setsCardStyles } from "./view/setsCard";
import { shownValue } from "./view/shownBest";
import { stoppingCard, stoppingCardStyles } from "./view/stoppingCard";
import { tracksTable, tracksTableStyles } from "./view/tracksTable";

/** A screen reader hears of the training at most this often. */
const SPOKEN_EVERY = 10_000;

/** The training panel: draws the run that the editor tells of. */
@customElement("gyrus-training")
export class TrainingPanel extends LitElement {
  readonly #host = new Host<ToTraining, FromTraining, DisplaySettings>();
  readonly #requests = new Requests<TrainingMethods, readonly string[]>(
    (message) => this.#host.post(message),
    refusals<string>(),
  );
  readonly #store = new TrainingStore();
  @state() private accessor settings: DisplaySettings | null = null;
  @state() private accessor hovered: number | null = null;
  /** Track whose row is pointed at: its line stands out of the mean. */
  @state() private accessor pointed: string | null = null;
  /** Row of the epochs table that the user chose. */
  @state() private accessor selectedRow = -1;
  @state() private accessor spoken = "";
  #lastSpoken = 0;
  #spokenEpochs = 0;
  #frame: number | null = null;

  static override styles = [
    ...sharedStyles,
    paletteStyles,
    legendStyles,
    runHeaderStyles,
    displayBarStyles,
    nextCardStyles,
    scrolledTableStyles,
    clusterCardStyles,
    partsMapStyles,
    tracksTableStyles,
    setsCardStyles,
    auditCardStyles,
    stoppingCardStyles,
    confusionTableStyles,
    confusionCardStyles,
    trainingPanelStyles,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.#host.recall(isDisplaySettings) ?? null;
    this.#host.listen((message) => this.#receive(message));
    this.#host.post({ kind: "hello", known: this.#store.known });
  }

  override render() {
    const { run } = this.#store;
    const { settings } = this;
    if (run === null || settings === null) return nothing;
    const tracks = this.#store.named(trackName);
    const current = currentTrack(tracks, settings);
    if (current === undefined)
      return html`<main class="nothing"><h1>${run.name}</h1>${problemLines(run)}<p>${text("nothingYet")}</p></main>`;
    const names = metricNames(classesOf(run, current.track));
    return html`${runHeader(run, current, tracks, names, (action) =>
      this.#host.post({ kind: "act", action }),
    )}
      <main>
        ${nextCard(run, (step) => this.#host.post({ kind: "next", step }))}
        ${clusterCard(run, trackName, (asked) => this.#host.post(asked))}
        ${this.#store.parts === null ? nothing : partsMap(this.#store.parts, tracks, current, run, names, (id) => this.#choose(id))}
        ${this.#curves(tracks, current, run, settings, names)}
        ${tracks.length > 1 ? this.#tracks(tracks, current, run, settings, names) : nothing}
        ${this.#reconstructions(current)}
        ${this.#details(current, run, settings, names)}
      </main>
      <p class="spoken" role="status">${this.spoken}</p>`;
  }

  #receive(message: ToTraining): void {
    if (message.kind === "welcome") {
      useTranslations(message.texts);
      this.#store.run = message.run;
      const { maps } = message.state;
      if (this.settings?.maps !== maps) this.settings = usualSettings(maps);
      this.#host.remember(this.settings);
    } else if (message.kind === "answer" || message.kind === "failure") {
      this.#requests.take(message);
      return;
    } else {
      const lost = this.#store.receive(message);
      if (lost !== null) this.#host.post({ kind: "resync", track: lost.missing, next: lost.next });
    }
    // Blocks of several tracks come together: they are drawn together, at the next frame.
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#speak();
      this.requestUpdate();
    });
  }

  #change(changed: Partial<DisplaySettings>): void {
    if (this.settings === null) return;
    this.settings = { ...this.settings, ...changed };
    this.#host.remember(this.settings);
  }

  #tracks(
    tracks: readonly NamedTrack[],
    current: NamedTrack,
    run: RunInfo,
    settings: DisplaySettings,
    names: MetricNames,
  ) {
    const shown = new Set(shownTracks(tracks, current, settings).map(({ id }) => id));
    return tracksTable(tracks, run, run.selectionMetrics, current.id, shown, names, {
      show: (id, show) => {
        if (show) shown.add(id);
        else shown.delete(id);
        this.#change({ shown: [...shown] });
      },
      point: (id) => {
        this.pointed = id;
      },
      choose: (id) => this.#choose(id),
    });
  }

  #choose(id: string): void {
    this.selectedRow = -1;
    this.#change({ current: id });
  }

  #curves(
    tracks: readonly NamedTrack[],
    current: NamedTrack,
    run: RunInfo,
    settings: DisplaySettings,
    names: MetricNames,
  ) {
    const words = figureWords(names);
    const shown = shownTracks(tracks, current, settings);
    const available = [...new Set(["loss", ...shown.flatMap(({ track }) => track.metricNames)])];
    const charted = chartedMetrics(run, available, settings);
    const drawn = shown.filter(({ track }) => track.batches.loss.length + track.epochs.length > 0);
    const apart = settings.layout === "sideBySide" && drawn.length > 1;
    const panes = apart ? drawn.map((one) => [one]) : [shown];
    const extent = commonExtent(shown, settings);
    return html`<section class="curves" aria-label=${text("curves")}>
      <h2 class="spoken">${text("curves")}</h2>
      ${displayBar(settings, available, charted, names, tracks.length > 1, (changed) => this.#change(changed))}
      <div
        class="charts ${apart ? "columns" : ""}"
        ${properties({ "--columns": String(panes.length) })}
      >
        ${charted.flatMap((metric) => {
          const averaged = settings.layout === "mean" && drawn.length > 1;
          const figures = averaged
            ? [meanFigure(metric, drawn, settings, words, this.pointed)]
            : panes.map((pane) => metricFigure(metric, pane, settings, words, extent));
          return (apart ? withCommonRange(figures, settings.view) : figures).map((figure, i) =>
            this.#chart(
              apart ? { ...figure, title: `${panes[i]![0]!.label} · ${figure.title}` } : figure,
              settings,
            ),
          );
        })}
      </div>
    </section>`;
  }

  #reconstructions({ id, track }: NamedTrack) {
    if (track.reconstructions.length === 0) return nothing;
    return html`<gyrus-reconstructions
      .track=${id}
      .rounds=${[...track.reconstructions]}
      .read=${this.#readReconstructions}
      @gyrus-volumes=${({ detail }: CustomEvent<string>) => this.#host.post({ kind: "openVolumes", track: id, name: detail })}
    ></gyrus-reconstructions>`;
  }

  readonly #readReconstructions: ReadPlanes = (track, epoch) =>
    this.#requests.ask("readReconstructions", [track, epoch]);

  #chart(figure: Figure, settings: DisplaySettings) {
    return html`<gyrus-chart
      .figure=${figure}
      .view=${settings.view}
      .cursor=${this.hovered}
      .formatX=${(x: number) => sayPosition(x, settings.axis)}
      @gyrus-hover=${({ detail }: CustomEvent<number | null>) => {
        this.hovered = detail;
      }}
      @gyrus-view=${({ detail }: CustomEvent<View>) => this.#change({ view: detail })}
      @gyrus-export=${({ detail }: CustomEvent<ExportDetail>) => this.#export(detail)}
    ></gyrus-chart>`;
  }

  #details({ track, label }: NamedTrack, run: RunInfo, settings: DisplaySettings, names: MetricNames) {
    const { rows, choices, chosen } = confusionRow(
      track,
      track.epochs[this.selectedRow],
      settings.confusion,
      names,
    );
    const charted = chartedMetrics(run, ["loss", ...track.metricNames], settings);
    return html`<div class="details">
        ${stoppingCard(track)}
        ${confusionCard(rows, classesOf(run, track), choices, chosen, (id) => this.#change({ confusion: id }), track.end === null ? null : constantAnswer(track.epochs))}
        ${setsCard(track.start?.flow)}
        ${auditCard(run)}
      </div>
      <section class="card epochs" aria-label=${text("epochsTable")}>
        <div class="head">
          <h2>${text("epochsTable")}</h2>
          <button
            class="tool"
            title=${text("exportEpochs")}
            aria-label=${text("exportEpochs")}
            @click=${() =>
              this.#host.post({
                kind: "save",
                name: `${fileName(run.name, label, "epochs")}.csv`,
                content: epochsCsv(track),
              })}
          >
            ${icon("export")}
          </button>
        </div>
        <gyrus-table
          .label=${text("epochsTable")}
          .rows=${track.epochs.length}
          .columns=${epochColumns(track, charted, names)}
          .current=${this.selectedRow}
          .selectable=${true}
          @gyrus-row=${({ detail }: CustomEvent<number>) => this.#selectRow(detail)}
        ></gyrus-table>
      </section>`;
  }

  #selectRow(row: number): void {
    this.selectedRow = row;
    this.#change({ confusion: "selected" });
  }

  async #export(detail: ExportDetail): Promise<void> {
    const name = fileName(this.#store.run?.name ?? "run", detail.figure.id);
    this.#host.post({ kind: "save", ...(await exportFigure(detail, name)) });
  }

  /** Tells of the last epoch, but not so often that nothing else can be heard. */
  #speak(): void {
    const { settings } = this;
    const tracks = this.#store.named(trackName);
    const current = settings === null ? undefined : currentTrack(tracks, settings);
    const last = current?.track.epochs.at(-1);
    if (current === undefined || last === undefined) return;
    const epochs = current.track.epochs.length;
    const now = Date.now();
    if (epochs === this.#spokenEpochs || now - this.#lastSpoken < SPOKEN_EVERY) return;
    this.#lastSpoken = now;
    this.#spokenEpochs = epochs;
    const [leading = "loss"] = leadingMetrics(current.track.start?.task ?? null);
    const value = last.validation[leading];
    this.spoken = text(
      "spokenEpoch",
      last.epoch + 1,
      current.track.start?.epochs ?? epochs,
      formatMetric(last.validation.loss),
      metricNames([]).metric(leading).toLocaleLowerCase(),
      shownValue(value ?? Number.NaN),
    );
  }
}

function sayPosition(x: number, axis: DisplaySettings["axis"]): string {
  const rounded = String(Math.round(x * 100) / 100);
  return axis === "epochs" ? text("epochAt", rounded) : text("minuteAt", rounded);
}
