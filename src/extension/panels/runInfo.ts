/** What the training panel is told of a MAPS besides its events. */

import { l10n } from "vscode";
import type {
  ClusterJob,
  ClusterPrediction,
  Finding,
  RunAction,
  RunInfo,
  TrackInfo,
} from "../../../webview/training/messages";
import type { PredictionState } from "../../cluster/predictionState";
import { failurePhrase } from "../../experiment/problems/failurePhrase";
import { InputError } from "../../experiment/problems/problem";
import { isSplitGroup } from "../../experiment/splitGroups";
import { splitNumbers } from "../../experiment/splitNumbers";
import { exists } from "../../files/exists";
import { readAudit } from "../../maps/folder/keptAudit";
import { type MapsParameters, readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import { type BestSummary, type MapsSummary, readMaps } from "../../maps/folder/summary";
import { reasonOf } from "../../messages/reasonOf";
import { endedEarly, isLive, type RunState } from "../../run/state";
import { logsOf, partsDone } from "../cluster/predictionWords";
import type { MapsJobs, OnCluster, ReadCluster } from "../cluster/readCluster";
import { unitName } from "../cluster/unitName";
import { withCluster } from "../cluster/withCluster";
import { canCancelJobs, canSubmitAgain, openPredictions } from "../experiments/mapsView";
import { describeHere, lineHere, phraseHere } from "../language";

/** Never rejects: a folder that is gone or cannot be read is a run with a problem, and what was known before stays. */
export async function readRunInfo(
  maps: string,
  name: string,
  known: RunInfo | null,
  ownVersion: string,
  readCluster: ReadCluster,
): Promise<RunInfo> {
  try {
    return await describeRun(maps, name, ownVersion, readCluster);
  } catch (error) {
    const there = await exists(maps);
    const problems = !there
      ? [l10n.t("The folder {0} is not there any more.", maps)]
      : error instanceof InputError
        ? error.problems.map(lineHere)
        : [reasonOf(error)];
    return {
      ...(known ?? emptyRun(maps, name)),
      status: there ? "unknown" : "missing",
      actions: there ? ["reveal"] : [],
      problems,
    };
  }
}

const emptyRun = (maps: string, name: string): RunInfo => ({
  name,
  folder: maps,
  status: "unknown",
  task: null,
  architecture: "",
  label: null,
  classes: [],
  selectionMetrics: ["loss"],
  patience: 0,
  tolerance: 0,
  epochs: 0,
  tracks: [],
  actions: [],
  cluster: null,
  predictions: [],
  next: [],
  findings: null,
  problems: [],
});

async function describeRun(
  maps: string,
  name: string,
  ownVersion: string,
  readCluster: ReadCluster,
): Promise<RunInfo> {
  const found = await readMaps(maps, { ownVersion });
  if (found === null) throw new Error(l10n.t("There is no MAPS in this folder any more."));
  const jobs = await readCluster(found);
  const { training: cluster, predictions } = jobs;
  const summary = withCluster(found, cluster);
  const { status, settings, problems } = summary;
  // Damaged, it is among the problems already, and the logs tell the rest.
  const parameters = await readMapsJson(maps).catch(() => null);
  return {
    name,
    folder: maps,
    status,
    task: settings.task,
    architecture: settings.architecture ?? "",
    label: settings.label,
    classes: settings.classes,
    selectionMetrics: settings.selectionMetrics.length > 0 ? settings.selectionMetrics : ["loss"],
    patience: settings.patience,
    tolerance: settings.tolerance,
    epochs: settings.epochs ?? 0,
    tracks: tracksOf(summary, parameters),
    actions: await actionsOf(maps, status, summary, jobs),
    cluster: cluster === null ? null : rowsOf(cluster),
    predictions: openPredictions({ predictions }).map(predictionRow),
    next: nextSteps(summary, parameters !== null),
    findings: await findingsOf(maps),
    problems: problems.map(describeHere),
  };
}

/** The job that checks the images, those of the units, the one that joins their results. */
function rowsOf({ check, units, join }: OnCluster): readonly ClusterJob[] {
  const helper = (track: "check" | "join", job: OnCluster["check"]): ClusterJob[] =>
    job === null
      ? []
      : [
          {
            track,
            status: job.state,
            reason: job.reason,
            node: null,
            since: null,
            requeued: 0,
            hasLog: job.log !== null,
          },
        ];
  return [
    ...helper("check", check),
    ...units.map(
      (unit): ClusterJob => ({
        track: unitName(unit),
        status: unit.state,
        reason: unit.reason,
        node: unit.node,
        since: unit.since,
        requeued: unit.requeued,
        hasLog: unit.log !== null,
      }),
    ),
    ...helper("join", join),
  ];
}

function predictionRow(prediction: PredictionState): ClusterPrediction {
  const { group, state, parts, join, since } = prediction;
  const jobs = [...parts, join].filter((job) => job.state === state);
  const distinct = (words: readonly (string | null)[]) => [...new Set(words)].filter((word) => word !== null);
  return {
    group,
    status: state,
    done: partsDone(prediction),
    parts: parts.length,
    failed: parts.filter((part) => part.state === "failed").length,
    reasons: distinct(jobs.map(({ reason }) => reason)),
    nodes: distinct(jobs.map(({ node }) => node)),
    since,
    hasLog: logsOf(prediction).length > 0,
  };
}

async function findingsOf(maps: string): Promise<readonly Finding[] | null> {
  const audit = await readAudit(maps);
  if (audit === null) return null;
  return audit.findings.map((found) => ({
    severity: found.severity,
    words: phraseHere(failurePhrase(found)),
  }));
}

/** The networks that the MAPS has folders for, and those that its experiment still wants. */
function tracksOf({ splits }: MapsSummary, parameters: MapsParameters | null): readonly TrackInfo[] {
  const found = splits.flatMap(({ split, networks }) =>
    networks.map(
      ({ network, source, best }): TrackInfo => ({
        id: idOf(split, network),
        split,
        network,
        source,
        ...(source === "table" ? { reached: valuesOf(best) } : {}),
      }),
    ),
  );
  if (parameters === null) return found.sort(bySplit);
  const { json, partsPerImage } = parameters;
  const n_splits = typeof json.n_splits === "number" ? json.n_splits : 0;
  const wanted = splitNumbers({ n_splits, split: numbers(json.split) });
  const networks = json.multi_network === true ? Array.from({ length: partsPerImage }, (_, k) => k) : [null];
  const missing = wanted.flatMap((split) =>
    networks
      .map((network): TrackInfo => ({ id: idOf(split, network), split, network, source: "none" }))
      .filter(({ id }) => !found.some((track) => track.id === id)),
  );
  return [...found, ...missing].sort(bySplit);
}

const valuesOf = (best: readonly BestSummary[]) =>
  Object.fromEntries(best.flatMap(({ metric, value }) => (value === null ? [] : [[metric, value]])));

const bySplit = (a: TrackInfo, b: TrackInfo) => a.split - b.split || (a.network ?? -1) - (b.network ?? -1);

const idOf = (split: number, network: number | null) =>
  network === null ? `split-${split}` : `split-${split}/network-${network}`;

const numbers = (value: unknown) =>
  Array.isArray(value) ? value.filter((item): item is number => typeof item === "number") : [];

async function actionsOf(
  maps: string,
  status: RunState,
  { settings }: MapsSummary,
  { training: cluster, predictions }: MapsJobs,
): Promise<readonly RunAction[]> {
  const running: RunAction[] = isLive(status) && status !== "stopping" ? ["stop", "stopAfterEpoch"] : [];
  const own = settings.gyrusVersion !== null || cluster !== null;
  const resume: RunAction[] = endedEarly(status) && own && cluster === null ? ["resume"] : [];
  const jobs: RunAction[] = [
    ...(canSubmitAgain({ own, cluster }) ? (["submitAgain"] as const) : []),
    ...(canCancelJobs({ cluster, predictions }) ? (["cancelJobs"] as const) : []),
  ];
  const log: RunAction[] = (await exists(mapsPlace(maps).trainerLog)) ? ["openLog"] : [];
  return [...running, ...resume, ...jobs, ...log, "openExperiment", "reveal"];
}

/** @param settings whether maps.json can be read */
export function nextSteps(
  { splits, groups }: Pick<MapsSummary, "splits" | "groups">,
  settings: boolean,
): RunInfo["next"] {
  const models = splits.some(({ metrics }) => metrics.length > 0) ? null : "noModels";
  const predicted = groups.some((group) => !isSplitGroup(group)) ? null : "nothingPredicted";
  const readable = settings ? null : "unreadSettings";
  return [
    { step: "predict", refusal: models },
    { step: "showResults", refusal: models },
    { step: "interpret", refusal: models ?? predicted },
    { step: "compare", refusal: null },
    { step: "startFrom", refusal: models ?? readable },
    { step: "trainAgain", refusal: readable },
  ];
}
