/** Reads from the files of a MAPS what the tree shows. Cheap: it is asked every second while something trains. */
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../experiment/problem";
import {
  eventsJsonl,
  groupsFolder,
  mapsJson,
  splitFolder,
  stopJson,
  tmpFolder,
  trainingLogs,
} from "../../maps/layout";
import { readMapsJson } from "../../maps/mapsJson";
import { isAlive, type RunRecord, readRun, statusOf } from "../../maps/run";
import { type LogEnd, readLogEnd } from "./logEnd";
import {
  type BestView,
  type MapsView,
  type NetworkView,
  type Progress,
  type RunStatus,
  type SplitView,
  unreadView,
} from "./mapsView";

/** A trainer renews its heartbeat every few seconds, even while it loads a large image. */
const silence = 60_000;

/** Null when there is no MAPS (any more). Never rejects: what cannot be read is among the problems of the view. */
export async function readMaps(maps: string): Promise<MapsView | null> {
  if (!existsSync(mapsJson(maps))) return null;
  try {
    return await view(maps);
  } catch (error) {
    const problems =
      error instanceof InputError ? error.problems.map(({ message }) => message) : [String(error)];
    return { ...unreadView(maps), status: "failed", problems };
  }
}

async function view(maps: string): Promise<MapsView> {
  const { json, gyrusVersion } = await readMapsJson(maps);
  const run = await readRun(maps);
  const epochs = typeof json.epochs === "number" ? json.epochs : null;
  const numbers = numbered(await list(maps), /^split-(\d+)$/);
  const splits = await Promise.all(numbers.map((split) => readSplit(maps, split, epochs)));
  const networks = splits.flatMap((split) => split.networks);
  const status = currentStatus(maps, run, splits);
  return {
    maps,
    status,
    message: run?.end?.message ?? "",
    task: textOf(json.network_task),
    architecture: typeof json.architecture === "object" ? "custom" : textOf(json.architecture),
    trainer: run === null ? null : { pid: run.pid, host: run.host },
    resumable: gyrusVersion !== null,
    progress: progressOf(splits),
    splits: splits.map(({ split, networks: read }) => ({ split, networks: read.map(({ shown }) => shown) })),
    groups: (await list(groupsFolder(maps))).filter((name) => !name.endsWith(".tsv")),
    problems: [],
    changed: Math.max(
      run?.heartbeat ?? 0,
      ...networks.map(({ log }) => log?.changed ?? 0),
      await madeAt(maps),
    ),
  };
}

interface SplitRead extends Omit<SplitView, "networks"> {
  readonly networks: readonly NetworkRead[];
  /** Checkpoints of a training that is not over. */
  readonly unfinished: boolean;
}

interface NetworkRead {
  readonly shown: NetworkView;
  readonly log: LogEnd | null;
}

async function readSplit(maps: string, split: number, epochs: number | null): Promise<SplitRead> {
  const metrics = (await list(splitFolder(maps, split))).flatMap(
    (name) => /^best-(.+)$/.exec(name)?.[1] ?? [],
  );
  const parts = numbered(await list(trainingLogs(maps, split)), /^network-(\d+)$/);
  const networks = parts.length === 0 ? [null] : parts;
  return {
    split,
    networks: await Promise.all(
      networks.map((network) => readNetwork(maps, split, network, metrics, epochs)),
    ),
    unfinished: existsSync(tmpFolder(maps, split)),
  };
}

async function readNetwork(
  maps: string,
  split: number,
  network: number | null,
  metrics: readonly string[],
  epochs: number | null,
): Promise<NetworkRead> {
  const log = await readLogEnd(eventsJsonl(maps, split, network));
  const best = log?.epoch?.best ?? {};
  const names = [...new Set([...Object.keys(best), ...metrics])];
  const shown: NetworkView = {
    network,
    epoch: log?.epoch == null ? 0 : log.epoch.epoch + 1,
    epochs,
    ended: log === null ? metrics.length > 0 : log.end !== null,
    best: names.map((metric): BestView => {
      const known = best[metric];
      return { metric, value: known?.value ?? null, epoch: known?.epoch ?? null };
    }),
  };
  return { shown, log };
}

function currentStatus(maps: string, run: RunRecord | null, splits: readonly SplitRead[]): RunStatus {
  const alive = run !== null && isAlive(run);
  const logs = splits.flatMap((split) => split.networks.map(({ log }) => log));
  const status = statusOf(run, alive, {
    unfinished: splits.some((split) => split.unfinished),
    trained: splits.some(({ networks }) => networks.some(({ shown }) => shown.best.length > 0)),
    lastEnd: logs.at(-1)?.end?.reason ?? null,
  });
  if (status !== "running") return status;
  if (run !== null && Date.now() - run.heartbeat > silence) return "silent";
  return existsSync(stopJson(maps)) ? "stopping" : "running";
}

/** The network that was written to last and has not ended. */
function progressOf(splits: readonly SplitRead[]): Progress | null {
  const open = splits.flatMap(({ split, networks }) =>
    networks.flatMap(({ shown, log }) => (log === null || shown.ended ? [] : [{ split, shown, log }])),
  );
  const [latest] = open.sort((a, b) => b.log.changed - a.log.changed);
  if (latest === undefined || latest.shown.epochs === null) return null;
  const { network, epoch, epochs } = latest.shown;
  return { split: latest.split, network, epoch, epochs };
}

/** Names in a folder; none when there is no such folder. */
const list = (folder: string) => readdir(folder).catch((): string[] => []);

/** Numbers in the names that match, in their order. */
const numbered = (names: readonly string[], pattern: RegExp) =>
  names.flatMap((name) => pattern.exec(name)?.slice(1).map(Number) ?? []).sort((a, b) => a - b);

const textOf = (value: unknown) => (typeof value === "string" ? value : null);

const madeAt = async (maps: string) => (await stat(join(maps, "maps.json"))).mtimeMs;
