/** What the training panel is told of a MAPS besides its events: read from the files, whoever wrote them. */
import { readdir } from "node:fs/promises";
import type { RunAction, RunInfo, RunStatus, TrackInfo } from "../../../webview/training/messages";
import { isRecord } from "../../experiment/clinicaDlKeys";
import { InputError } from "../../experiment/problem";
import { bestFolder, eventsJsonl, tmpFolder, trainerLog, trainingTsv } from "../../maps/layout";
import { type MapsParameters, readMapsJson } from "../../maps/mapsJson";
import { isAlive, readRun, statusOf } from "../../maps/run";
import { stopRequest } from "../../maps/stopRequest";
import { exists } from "./exists";

/** Never rejects: a folder that is gone or cannot be read is a run with a problem, and what was known before stays. */
export async function readRunInfo(maps: string, name: string, known: RunInfo | null): Promise<RunInfo> {
  try {
    return await describeRun(maps, name);
  } catch (error) {
    const problems =
      error instanceof InputError
        ? error.problems.map(({ message, remedy }) => `${message} ${remedy}`)
        : [error instanceof Error ? error.message : String(error)];
    return { ...(known ?? emptyRun(maps, name)), status: "unknown", actions: ["reveal"], problems };
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
  problems: [],
});

async function describeRun(maps: string, name: string): Promise<RunInfo> {
  const parameters = await readMapsJson(maps);
  const { json } = parameters;
  const tracks = await tracksOf(maps, parameters);
  const status = await statusOfMaps(maps, parameters, tracks);
  return {
    name,
    folder: maps,
    status,
    task: taskOf(json.network_task),
    architecture: typeof json.architecture === "string" ? json.architecture : "custom",
    label: typeof json.label === "string" ? json.label : null,
    classes: classesOf(json.label_code),
    selectionMetrics: strings(json.selection_metrics, ["loss"]),
    patience: number(json.patience, 0),
    tolerance: number(json.tolerance, 0),
    epochs: number(json.epochs, 0),
    tracks,
    actions: await actionsOf(maps, status, parameters),
    problems: [],
  };
}

async function statusOfMaps(
  maps: string,
  { gyrusVersion }: MapsParameters,
  tracks: readonly TrackInfo[],
): Promise<RunStatus> {
  const run = await readRun(maps);
  if (run === null && gyrusVersion === null) return "unknown";
  const splits = [...new Set(tracks.map(({ split }) => split))];
  const any = async (folder: (split: number) => string) =>
    (await Promise.all(splits.map((split) => exists(folder(split))))).includes(true);
  const status = statusOf(run, run !== null && isAlive(run), {
    unfinished: await any((split) => tmpFolder(maps, split)),
    trained: await any((split) => bestFolder(maps, split, "loss")),
    lastEnd: null,
  });
  return status === "running" && stopRequest(maps) !== null ? "stopping" : status;
}

/** The splits that the MAPS has folders for and those that its experiment still wants, each with its networks. */
async function tracksOf(maps: string, { json, partsPerImage }: MapsParameters): Promise<TrackInfo[]> {
  const folders = (await readdir(maps)).flatMap((entry) => {
    const split = /^split-(\d+)$/.exec(entry)?.[1];
    return split === undefined ? [] : [Number(split)];
  });
  const wanted = numbers(json.split);
  const all = Array.from({ length: Math.max(1, number(json.n_splits, 0)) }, (_, split) => split);
  const splits = [...new Set([...folders, ...(wanted.length > 0 ? wanted : all)])].sort((a, b) => a - b);
  const networks = json.multi_network === true ? Array.from({ length: partsPerImage }, (_, k) => k) : [null];
  return Promise.all(
    splits.flatMap((split) => networks.map((network) => describeTrack(maps, split, network))),
  );
}

async function describeTrack(maps: string, split: number, network: number | null): Promise<TrackInfo> {
  const id = network === null ? `split-${split}` : `split-${split}/network-${network}`;
  const source = (await exists(eventsJsonl(maps, split, network)))
    ? "events"
    : (await exists(trainingTsv(maps, split, network)))
      ? "table"
      : "none";
  return { id, split, network, source };
}

async function actionsOf(
  maps: string,
  status: RunStatus,
  { gyrusVersion }: MapsParameters,
): Promise<RunAction[]> {
  const running: RunAction[] = status === "running" ? ["stop", "stopAfterEpoch"] : [];
  const over = status === "stopped" || status === "interrupted" || status === "failed";
  const resume: RunAction[] = over && gyrusVersion !== null ? ["resume"] : [];
  const log: RunAction[] = (await exists(trainerLog(maps))) ? ["openLog"] : [];
  return [...running, ...resume, ...log, "openExperiment", "reveal"];
}

/** Class names by code; labels that share a code are one class. */
function classesOf(labelCode: unknown): readonly string[] {
  if (!isRecord(labelCode)) return [];
  const codes = Object.values(labelCode).filter((code): code is number => typeof code === "number");
  const count = Math.min(Math.max(-1, ...codes) + 1, codes.length);
  return Array.from({ length: count }, (_, code) =>
    Object.keys(labelCode)
      .filter((label) => labelCode[label] === code)
      .join(", "),
  );
}

function taskOf(task: unknown): RunInfo["task"] {
  return task === "classification" || task === "regression" || task === "reconstruction" ? task : null;
}

const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
const numbers = (value: unknown) =>
  Array.isArray(value) ? value.filter((item): item is number => typeof item === "number") : [];
const strings = (value: unknown, otherwise: readonly string[]) =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string")
    ? value
    : otherwise;
