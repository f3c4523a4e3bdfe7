import { html, nothing, type TemplateResult } from "lit";
import { secondsLeft, throughput, waitedForImages } from "../../../src/run/pace";
import { isLive } from "../../../src/run/state";
import type { Track } from "../../../src/run/track";
import { spread } from "../../../src/statistics/spread";
import { spreadText } from "../../shared/figures/spreadText";
import { type IconName, icon } from "../../shared/icon";
import type { MetricNames } from "../../shared/metricNames";
import { formatCount, formatDuration, formatMetric, formatPercent, formatRate } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { stateWord } from "../../shared/stateWord";
import type { RunAction, RunInfo } from "../messages";
import { bestValues } from "../model/bestValues";
import type { NamedTrack } from "../model/figures";
import { areSplits, text } from "../texts";
import { progressText } from "./progressWords";
import { shownBest, shownValue } from "./shownBest";
import { STATUS_ICONS, STATUS_TONES } from "./stateLooks";

const ACTION_ICONS: Readonly<Record<RunAction, IconName>> = {
  stop: "debug-stop",
  stopAfterEpoch: "debug-step-over",
  resume: "play",
  submitAgain: "debug-restart",
  cancelJobs: "close",
  openLog: "output",
  openExperiment: "json",
  reveal: "folder-opened",
};

/** Name, state, progress and the figures of the current track. */
export function runHeader(
  run: RunInfo,
  { track, label }: NamedTrack,
  tracks: readonly NamedTrack[],
  names: MetricNames,
  act: (action: RunAction) => void,
): TemplateResult {
  const spinning = run.status === "running" || run.status === "stopping";
  return html`<header class="run">
    <div class="title">
      <h1>${run.name}</h1>
      <span class="status" ${properties({ "--tone": STATUS_TONES[run.status] })}>${icon(STATUS_ICONS[run.status], spinning)}${stateWord(run.status)}</span>
      <span class="muted what" title=${run.folder}
        >${[run.architecture, run.label, studyText(tracks)].filter((part) => part !== null && part !== "").join(" · ")}</span
      >
      <div class="actions" role="group" aria-label=${run.name}>
        ${run.actions.map(
          (action) =>
            html`<button class="tool" title=${text(action)} aria-label=${text(action)} @click=${() => act(action)}>
              ${icon(ACTION_ICONS[action])}<span class="word">${text(action)}</span>
            </button>`,
        )}
      </div>
    </div>
    ${progressLine(track, tracks.length > 1 ? label : null)}
    <dl class="figures">${figures(run, track, tracks, names)}</dl>
    ${idleCardLine(track)}
    ${problemLines(run)}
  </header>`;
}

/** What could not be read. */
export function problemLines({ problems }: RunInfo): readonly TemplateResult[] {
  return problems.map(
    (problem) => html`<p class="problem" role="alert">${icon("warning")}<span>${problem}</span></p>`,
  );
}

function idleCardLine({ start }: Track): TemplateResult | typeof nothing {
  if (start?.idleCard === undefined) return nothing;
  return html`<p class="muted idle-card">${icon("info")}<span>${text("idleCard", start.idleCard)}</span></p>`;
}

/** How many networks the study has, where it has several. */
function studyText(tracks: readonly NamedTrack[]): string | null {
  if (tracks.length < 2) return null;
  return text(areSplits(tracks) ? "splitsOfStudy" : "networksOfStudy", tracks.length);
}

/** @param label of the network, where there are others */
function progressLine(track: Track, label: string | null): TemplateResult | typeof nothing {
  const { start, end } = track;
  if (start === null) return nothing;
  const done = track.epochsDone;
  const share = Math.min(1, done / start.epochs);
  return html`<div class="progress ${end === null ? "" : "over"}">
    <div
      class="bar"
      role="progressbar"
      aria-label=${text("progress")}
      aria-valuemin="0"
      aria-valuemax=${start.epochs}
      aria-valuenow=${done.toFixed(2)}
      aria-valuetext=${progressText(track)}
      ${properties({ "--share": `${(share * 100).toFixed(2)}%` })}
    ></div>
    <span class="numeric">${label === null ? nothing : `${label}: `}${progressText(track)}</span>
  </div>`;
}

function figures(
  run: RunInfo,
  track: Track,
  tracks: readonly NamedTrack[],
  names: MetricNames,
): readonly TemplateResult[] {
  const { start } = track;
  const figures = run.selectionMetrics.map((metric) =>
    tracks.length > 1 ? studyFigure(metric, tracks, names) : bestFigure(metric, track, names),
  );
  const pace = throughput(track);
  const waited = waitedForImages(track);
  const waitedText = waited === null ? "" : text("waitedForImages", formatPercent(waited.share));
  if (pace !== null) figures.push(figure(text("throughput"), formatRate(pace), waitedText));
  const left = secondsLeft(track);
  const spent = text("timeSpent").toLocaleLowerCase();
  if (left !== null && isLive(run.status))
    figures.push(figure(text("timeLeft"), formatDuration(left), `${spent} ${formatDuration(track.elapsed)}`));
  else if (track.elapsed > 0) figures.push(figure(text("timeSpent"), formatDuration(track.elapsed), ""));
  if (start !== null)
    figures.push(
      circumstance(text("engine"), `${start.engine} · ${start.device}`, text("threads", start.threads)),
      circumstance(
        text("samples"),
        formatCount(start.trainSamples),
        text("samplesValidation", formatCount(start.validationSamples)),
      ),
    );
  return figures;
}

const reachedText = ({ reached }: Track, metric: string) =>
  reached === null ? text("noValueYet") : shownValue(reached[metric]);

/** The value at the best epoch is the value of the run; the last one stands beside it, in grey. */
function bestFigure(metric: string, track: Track, names: MetricNames): TemplateResult {
  const best = track.best[metric];
  const value = best === undefined ? reachedText(track, metric) : shownBest(metric, best, names);
  const last = track.epochs.at(-1)?.validation[metric];
  const beside = [
    ...(best === undefined ? [] : [text("atEpoch", best.epoch + 1)]),
    ...(last === undefined ? [] : [text("lastValue", formatMetric(last))]),
  ];
  return figure(text("bestOf", names.short(metric)), value, beside.join(" · "), "star-full");
}

/** What all networks reached: their mean and how far they are apart, so that no single one stands for the study. */
function studyFigure(metric: string, tracks: readonly NamedTrack[], names: MetricNames): TemplateResult {
  const values = bestValues(tracks, metric);
  const found = spread(values);
  const numbers = values.filter(
    (value): value is number => typeof value === "number" && Number.isFinite(value),
  );
  const ends = [Math.min(...numbers), Math.max(...numbers)].map(formatMetric);
  const beside =
    found.count < 2 ? "" : text(areSplits(tracks) ? "overSplits" : "overNetworks", found.count, ...ends);
  return figure(
    text("bestOf", names.short(metric)),
    spreadText(found),
    beside,
    "star-full",
    text("spreadHelp"),
  );
}

function figure(
  name: string,
  value: TemplateResult | string,
  beside: string,
  sign?: IconName,
  help = "",
): TemplateResult {
  return html`<div title=${help}>
    <dt>${sign === undefined ? nothing : icon(sign)}${name}</dt>
    <dd>
      <strong class="numeric">${value}</strong>
      <span class="muted numeric">${beside}</span>
    </dd>
  </div>`;
}

/** What is no result, and smaller than one. */
const circumstance = (name: string, value: string, beside: string): TemplateResult =>
  html`<div class="circumstance">
    <dt>${name}</dt>
    <dd class="numeric">${value} <span class="muted">${beside}</span></dd>
  </div>`;
