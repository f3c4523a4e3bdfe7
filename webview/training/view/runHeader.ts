import { css, html, nothing, type TemplateResult } from "lit";
import { secondsLeft, throughput, waitedForImages } from "../../../src/run/pace";
import { isLive, type RunState } from "../../../src/run/state";
import type { Track } from "../../../src/run/track";
import { spread } from "../../../src/statistics/spread";
import { type IconName, icon } from "../../shared/icon";
import type { MetricNames } from "../../shared/metricNames";
import { formatCount, formatDuration, formatMetric, formatPercent, formatRate } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { spreadText } from "../../shared/spreadText";
import { stateWord } from "../../shared/stateWord";
import type { RunAction, RunInfo } from "../messages";
import { bestValues } from "../model/bestValues";
import type { NamedTrack } from "../model/figures";
import { areSplits, text } from "../texts";
import { progressText } from "./progressWords";
import { shownBest, shownValue } from "./shownBest";

const STATUS_ICONS: Readonly<Record<RunState, IconName>> = {
  unread: "circle-outline",
  running: "sync",
  stopping: "sync",
  silent: "warning",
  finished: "check",
  stopped: "debug-stop",
  interrupted: "warning",
  failed: "error",
  missing: "warning",
  unknown: "warning",
};

const NO_TONE = "var(--vscode-foreground)";
const CAUTION = "var(--vscode-charts-yellow)";

/** The colour only repeats what word and icon say. */
const STATUS_TONES: Readonly<Record<RunState, string>> = {
  unread: NO_TONE,
  running: "var(--vscode-charts-blue)",
  stopping: "var(--vscode-charts-blue)",
  silent: CAUTION,
  finished: "var(--vscode-charts-green)",
  stopped: CAUTION,
  interrupted: CAUTION,
  failed: "var(--vscode-errorForeground)",
  missing: CAUTION,
  unknown: CAUTION,
};

const ACTION_ICONS: Readonly<Record<RunAction, IconName>> = {
  stop: "debug-stop",
  stopAfterEpoch: "debug-step-over",
  resume: "play",
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
              ${icon(ACTION_ICONS[action])}
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
      figure(text("engine"), `${start.engine} · ${start.device}`, text("threads", start.threads)),
      figure(
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

export const runHeaderStyles = css`
  header.run {
    display: grid;
    gap: 10px;
    padding: 14px 20px 12px;
    border-block-end: 1px solid var(--rim);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  h1 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 1px 8px 1px 5px;
    border: 1px solid color-mix(in srgb, var(--tone) 45%, transparent);
    border-radius: 10px;
    font-size: 12px;
    white-space: nowrap;
  }
  .status .icon {
    color: var(--tone);
    font-size: 14px;
  }
  .what {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .actions {
    display: flex;
  }
  .progress {
    display: flex;
    align-items: center;
    gap: 12px;
    font-size: 12px;
  }
  .bar {
    position: relative;
    flex: 1;
    max-inline-size: 420px;
    block-size: 4px;
    overflow: hidden;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-foreground) 16%, transparent);
    outline: 1px solid var(--vscode-contrastBorder, transparent);
  }
  .bar::after {
    content: "";
    position: absolute;
    inset: 0 auto 0 0;
    inline-size: var(--share);
    border-radius: inherit;
    background: var(--vscode-progressBar-background);
    forced-color-adjust: none;
    transition: inline-size 150ms linear;
  }
  .over .bar::after {
    background: var(--muted);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 28px;
  }
  .figures dt {
    display: flex;
    align-items: center;
    gap: 3px;
    color: var(--muted);
    font-size: 11px;
  }
  .figures dt .icon {
    color: var(--vscode-charts-orange);
    font-size: 12px;
    inline-size: 12px;
    block-size: 12px;
  }
  .figures strong {
    font-size: 15px;
    font-weight: 600;
  }
  .figures dd .muted {
    margin-inline-start: 4px;
    font-size: 12px;
  }
  .problem,
  .idle-card {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .problem .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  @media (prefers-reduced-motion: reduce) {
    .bar::after {
      transition: none;
    }
  }
`;
