/**
 * What a tree shows of a MAPS, read from the little that tells it: thousands of MAPS are read in a second. Never throws: what is
 * missing, damaged, of a newer version or too large is among the problems, and the rest is told.
 */
import type { Dirent } from "node:fs";
import { basename, relative } from "node:path";
import { failurePhrase } from "../../experiment/problems/failurePhrase";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { Phrase } from "../../experiment/problems/words";
import { SPLIT_GROUPS } from "../../experiment/splitGroups";
import { entriesOf, folderNames } from "../../files/reader";
import type { EndReason } from "../../run/events";
import { bestValue } from "../../run/selection";
import type { RunState } from "../../run/state";
import type { Track } from "../../run/track";
import { leadingMetrics } from "../../statistics/metrics/metrics";
import type { Task } from "../../statistics/task";
import { readLogEnd } from "../events/logEnd";
import { readBestValue } from "../tables/results";
import { foldRecords } from "../units/foldRecords";
import { readRun, readSplitRecords, speaking, type UnitRecord } from "../units/records";
import { isMapsFolder } from "./findExperiments";
import { readMapsJson } from "./mapsJson";
import { isNewer, type MapsSettings, settingsOf } from "./mapsSettings";
import { type MapsPlace, mapsPlace, type SplitPlace } from "./place";
import { networksOf, splitNames } from "./splits";

export interface MapsSummary {
  readonly maps: string;
  readonly status: RunState;
  /** Why it ended; null while it has not, or nothing tells it. */
  readonly end: EndReason | null;
  /** What failed; a trainer of the first version told every end in words. Null where there is nothing to say. */
  readonly failure: Phrase | null;
  /** The processes that train here now; where none does, the one that did last. */
  readonly trainers: readonly { readonly pid: number; readonly host: string }[];
  readonly settings: MapsSettings;
  /** The network that trains, or did last. */
  readonly progress: {
    readonly split: number;
    readonly network: number | null;
    /** At which it is, counted from 1. */
    readonly epoch: number;
  } | null;
  readonly splits: readonly SplitSummary[];
  /** Data groups, train and validation first. */
  readonly groups: readonly string[];
  readonly problems: readonly Problem[];
  /** Milliseconds since 1970: last sign of life. */
  readonly changed: number;
}

export interface SplitSummary {
  readonly split: number;
  /** Selection metrics of which there is a folder of best models. */
  readonly metrics: readonly string[];
  readonly networks: readonly NetworkSummary[];
  /** Networks that a process trains now, which can be asked to stop; null is the one that sees all, or the results of all. */
  readonly inTraining: readonly (number | null)[];
}

export interface NetworkSummary {
  /** Part index; null unless it is a multi-network. */
  readonly network: number | null;
  /** Epochs that are complete; null where no log tells it. */
  readonly epoch: number | null;
  readonly end: EndReason | null;
  /** What a panel can read: an event log, or the table of ClinicaDL. */
  readonly source: "events" | "table";
  /** The one that says most of its task first, then by name. */
  readonly best: readonly BestSummary[];
}

export interface BestSummary {
  readonly metric: string;
  /** On the validation set: from the event log, else from the table of its metrics. Null where nothing tells it, NaN where it is undefined. */
  readonly value: number | null;
  readonly epoch: number | null;
}

export interface ReadMapsOptions {
  /** Version of the Gyrus that reads: a MAPS of a newer one is read as far as it is understood, and that is said. */
  readonly ownVersion?: string;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** Null when the folder is no MAPS (any more). */
export async function readMaps(
  maps: string,
  { ownVersion, now = Date.now() }: ReadMapsOptions = {},
): Promise<MapsSummary | null> {
  const entries = await entriesOf(maps);
  if (!(await isMapsFolder(maps, entries))) return null;
  const problems: Problem[] = [];
  const names = splitNames(entries);
  const place = mapsPlace(maps, names.prefix);
  const has = (path: string) => entries.some((entry) => entry.name === basename(path));
  // What waits on a cluster has none yet.
  const reading = has(place.mapsJson) ? readMapsJson(maps) : Promise.resolve(null);
  const parameters = await reading.catch((error: unknown) => {
    problems.push(
      ...(error instanceof InputError
        ? error.problems
        : [problem("program.failed", {}, { reason: String(error) })]),
    );
    return null;
  });
  const settings = settingsOf(parameters);
  const [former, groups, splits] = await Promise.all([
    has(place.runJson) ? readRun(place.runJson) : null,
    readGroupNames(place),
    Promise.all(names.splits.map((split) => readSplit(place.split(split), settings.task, now))),
  ]);
  if (former === null && has(place.runJson)) {
    problems.push(problem("maps.damaged-record", { file: "run.json" }));
  }
  const madeBy = parameters?.gyrusVersion ?? null;
  if (madeBy !== null && ownVersion !== undefined && isNewer(madeBy, ownVersion)) {
    problems.push(problem("maps.newer", {}, { madeBy, ownVersion }));
  }
  for (const file of splits.flatMap(({ damaged }) => damaged)) {
    problems.push(problem("maps.damaged-unit-record", { file: relative(maps, file) }));
  }
  const logs = splits.flatMap(({ logs }) => logs);
  const last = latest(logs);
  const end = last?.track.end ?? null;
  const traces = {
    stopAsked: has(place.stopJson),
    unfinished: splits.some(({ unfinished }) => unfinished),
    trained: splits.some(({ summary }) => summary.metrics.length > 0),
    lastEnd: end?.reason ?? null,
  };
  const records = await speaking(
    former,
    splits.flatMap((split) => split.records),
    now,
  );
  const { status, reason, failure, trainers, lastSign } = foldRecords(records, traces, now);
  const told = failure ?? end;
  return {
    maps,
    status,
    end: reason ?? end?.reason ?? null,
    failure: told === null || told.message === "" ? null : failurePhrase(told),
    trainers,
    settings,
    progress:
      last === null ? null : { split: last.split, network: last.network, epoch: last.track.currentEpoch },
    splits: splits.map(({ summary }) => summary),
    groups,
    problems,
    changed: Math.max(lastSign, last?.track.lastTime ?? 0, parameters?.modified ?? 0),
  };
}

interface NetworkLog {
  readonly split: number;
  readonly network: number | null;
  readonly track: Track;
}

interface SplitRead {
  readonly summary: SplitSummary;
  readonly logs: readonly NetworkLog[];
  readonly records: readonly UnitRecord[];
  /** Records that cannot be read. */
  readonly damaged: readonly string[];
  /** It has checkpoints. */
  readonly unfinished: boolean;
}

async function readSplit(place: SplitPlace, task: Task | null, now: number): Promise<SplitRead> {
  const { split } = place;
  const entries = await entriesOf(place.folder);
  const metrics = bestMetrics(entries);
  const logs = await readLogs(place);
  const networks = logs.map(({ network, track }) => describeNetwork(place, network, track, metrics, task));
  const { inTraining, ...records } = await readSplitRecords(place, now);
  return {
    summary: { split, metrics, networks: await Promise.all(networks), inTraining },
    logs: logs.flatMap(({ network, track }) => (track === null ? [] : [{ split, network, track }])),
    ...records,
    unfinished: entries.some((entry) => entry.isDirectory() && entry.name === basename(place.tmp)),
  };
}

/** The networks of a split and how far their logs have come; null where there is no event log. */
async function readLogs(
  place: SplitPlace,
): Promise<readonly { readonly network: number | null; readonly track: Track | null }[]> {
  const single = await readLogEnd(place.network().eventsJsonl);
  if (single !== null) return [{ network: null, track: single }];
  const networks = await networksOf(place);
  return await Promise.all(
    networks.map(async (network) => ({
      network,
      track: network === null ? null : await readLogEnd(place.network(network).eventsJsonl),
    })),
  );
}

function bestMetrics(entries: readonly Dirent[]): string[] {
  return entries
    .flatMap((entry) => (entry.isDirectory() ? (/^best-(.+)$/.exec(entry.name)?.[1] ?? []) : []))
    .sort();
}

async function describeNetwork(
  place: SplitPlace,
  network: number | null,
  track: Track | null,
  metrics: readonly string[],
  task: Task | null,
): Promise<NetworkSummary> {
  if (track === null) {
    const best = leadingFirst(metrics, task).map(async (metric) => {
      const value = await readBestValue(place.best(metric), network).catch(() => null);
      return { metric, value, epoch: null };
    });
    return { network, epoch: null, end: null, source: "table", best: await Promise.all(best) };
  }
  const { best: known, end } = track;
  const names = leadingFirst([...metrics, ...Object.keys(known)], task);
  return {
    network,
    epoch: track.completeEpochs,
    end: end?.reason ?? null,
    source: "events",
    best: names.map((metric) => {
      const found = known[metric];
      if (found === undefined) return { metric, value: null, epoch: null };
      return { metric, value: bestValue(metric, found) ?? Number.NaN, epoch: found.epoch };
    }),
  };
}

function leadingFirst(metrics: readonly string[], task: Task | null): string[] {
  return [...new Set([...leadingMetrics(task), ...[...metrics].sort()])].filter((name) =>
    metrics.includes(name),
  );
}

/** The log that was written to last. */
function latest(logs: readonly NetworkLog[]): NetworkLog | null {
  const time = (log: NetworkLog) => log.track.lastTime ?? 0;
  return logs.reduce<NetworkLog | null>(
    (best, log) => (best === null || time(log) >= time(best) ? log : best),
    null,
  );
}

async function readGroupNames({ groups }: MapsPlace): Promise<string[]> {
  const entries = await entriesOf(groups);
  const names = folderNames(entries);
  const own: readonly string[] = SPLIT_GROUPS;
  const rank = (name: string) => own.indexOf(name) + 1 || own.length + 1;
  return names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
