/** What the comparison is told of a MAPS, whoever trained it. */
import { basename, relative } from "node:path";
import { l10n } from "vscode";
import type { ComparedRun, ComparedTrack } from "../../../../webview/compare/messages";
import { isRecord } from "../../../experiment/file/clinicaDlKeys";
import type { Problem } from "../../../experiment/problems/problem";
import { exists } from "../../../files/exists";
import { readCurves } from "../../../maps/events/curves";
import { TrackTail } from "../../../maps/events/trackTail";
import { readMapsJson } from "../../../maps/folder/mapsJson";
import type { NetworkPlace, SplitPlace } from "../../../maps/folder/place";
import { findPlace } from "../../../maps/folder/splits";
import { readMaps } from "../../../maps/folder/summary";
import { type KnownResult, readResults } from "../../../maps/tables/results";
import { isLive } from "../../../run/state";
import type { Track } from "../../../run/track";
import { describeHere } from "../../language";

/** The event logs of the networks of one MAPS, each read on from where it was. */
export class FollowedLogs {
  readonly #tails = new Map<string, TrackTail>();

  of({ eventsJsonl }: NetworkPlace): TrackTail {
    const tail = this.#tails.get(eventsJsonl) ?? new TrackTail(eventsJsonl);
    this.#tails.set(eventsJsonl, tail);
    return tail;
  }
}

/**
 * Never rejects: a folder that is gone or damaged is a run with a problem.
 * @param logs of who reads the same MAPS again and again
 */
export async function readComparedRun(
  maps: string,
  ownVersion: string,
  logs = new FollowedLogs(),
): Promise<ComparedRun> {
  const summary = await readMaps(maps, { ownVersion }).catch(() => null);
  if (summary === null)
    return (await exists(maps))
      ? { ...emptyRun(maps), problems: [l10n.t("The folder is no MAPS any more, or cannot be read.")] }
      : { ...emptyRun(maps), status: "missing", problems: [l10n.t("The folder is not there any more.")] };
  const json = await readMapsJson(maps).then(
    (parameters) => parameters.json,
    () => ({}),
  );
  const place = await findPlace(maps);
  const problems = summary.problems.map(describeHere);
  const tracks: ComparedTrack[] = [];
  for (const { split, networks, metrics } of summary.splits) {
    const written = await readWritten(place.split(split), metrics);
    for (const { network } of networks) {
      const trained = place.split(split).network(network);
      const curves = await readCurves(trained, summary.settings, logs.of(trained));
      problems.push(...curves.problems.map((one) => describeHere(withinMaps(maps, one))));
      tracks.push({ split, network, ...columnsOf(curves.track), results: written(network) });
    }
  }
  const { task, selectionMetrics, classes } = summary.settings;
  return {
    maps,
    name: basename(maps),
    status: summary.status,
    live: isLive(summary.status),
    task,
    selectionMetrics: selectionMetrics.length > 0 ? selectionMetrics : ["loss"],
    classes,
    settings: flatten(json),
    tracks,
    // What is wrong with every split is said once.
    problems: [...new Set(problems)],
  };
}

const emptyRun = (maps: string): ComparedRun => ({
  maps,
  name: basename(maps),
  status: "unknown",
  live: false,
  task: null,
  selectionMetrics: ["loss"],
  classes: [],
  settings: {},
  tracks: [],
  problems: [],
});

/** Validation metrics of the best models of a split, by network and selection metric, of the mode's own level. */
async function readWritten(
  place: SplitPlace,
  selections: readonly string[],
): Promise<(network: number | null) => ComparedTrack["results"]> {
  const read = await Promise.all(
    selections.map(async (selection) => {
      const groups = await readResults(place.best(selection));
      const levels = groups.find(({ group }) => group === "validation")?.levels ?? [];
      // The image level after voting comes last.
      const modeFirst = levels.toSorted((a, b) => Number(a.level === "image") - Number(b.level === "image"));
      return { selection, blocks: modeFirst.flatMap(({ metrics }) => metrics) };
    }),
  );
  return (network) =>
    Object.fromEntries(
      read.flatMap(({ selection, blocks }) => {
        const block = blocks.find((one) => one.network === network);
        return block === undefined ? [] : [[selection, numbersOf(block)]];
      }),
    );
}

/** The folder of the MAPS is known: what is wrong is told by its place below. */
const withinMaps = (maps: string, { file, ...found }: Problem): Problem =>
  file === undefined ? found : { ...found, file: relative(maps, file) };

/** JSON has no NaN: null stands for it. */
const numbersOf = ({ values, undefinedMetrics }: KnownResult): ComparedTrack["results"][string] =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (undefinedMetrics.includes(name)) return [name, "undefined"];
      return [name, Number.isNaN(value) ? null : value];
    }),
  );

/** A metric that an evaluation did not measure is NaN there. Copies: the columns of a track are views of longer memory. */
function columnsOf(track: Track): Omit<ComparedTrack, "split" | "network" | "results"> {
  const metrics: Record<string, Float64Array> = {};
  for (const set of ["train", "validation"] as const) {
    for (const name of track.metricNames) {
      const values = track.metric(set, name);
      if (values.length > 0) metrics[`${set}.${name}`] = values.slice();
    }
  }
  const { epoch, position } = track.evaluations;
  return { epochs: epoch.view().slice(), positions: position.view().slice(), metrics };
}

/** Keys of nested objects joined by dots; values as text. */
export function flatten(
  json: Readonly<Record<string, unknown>>,
  prefix = "",
): Readonly<Record<string, string>> {
  const entries = Object.entries(json).flatMap(([key, value]): (readonly [string, string])[] =>
    isRecord(value) && Object.keys(value).length > 0
      ? Object.entries(flatten(value, `${prefix}${key}.`))
      : [[`${prefix}${key}`, typeof value === "string" ? value : (JSON.stringify(value) ?? "")]],
  );
  return Object.fromEntries(entries);
}
