/** Experiment files made of a MAPS: the same training once more, to be changed, or one that begins with its weights. */
import { basename, dirname, join, posix, relative, win32 } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Uri, window } from "vscode";
import { experimentSchema } from "../../experiment/schema/schema";
import { writeAtomically } from "../../files/atomicFile";
import { exists } from "../../files/exists";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { leadingMetrics } from "../../statistics/metrics/metrics";

export type NextExperiment = "startFrom" | "trainAgain";

/** Writes the file beside the MAPS, under a name that is free, and opens it. */
export async function openNextExperiment(maps: string, kind: NextExperiment): Promise<void> {
  const file = await writeNextExperiment(maps, kind);
  await window.showTextDocument(Uri.file(file));
}

/** @returns the file */
export async function writeNextExperiment(maps: string, kind: NextExperiment): Promise<string> {
  const { json } = await readMapsJson(maps);
  const folder = dirname(maps);
  const name = basename(maps).replace(/^maps_/, "");
  const file = await freeFile(folder, kind === "startFrom" ? `from-${name}` : `${name}-changed`);
  await writeAtomically(
    file,
    `${JSON.stringify(nextExperiment(json, kind, relative(folder, maps)), null, 2)}\n`,
  );
  return file;
}

/** What the experiment of a MAPS sets otherwise than the defaults do. @param maps as the new file names it */
export function nextExperiment(
  json: Readonly<Record<string, unknown>>,
  kind: NextExperiment,
  maps: string,
): Record<string, unknown> {
  const kept = Object.entries(experimentSchema.shape).flatMap(([key, schema]) => {
    const value = json[key];
    const usual = schema.safeParse(undefined).data;
    return value === undefined || value === null || isDeepStrictEqual(value, usual)
      ? []
      : [[key, PATHS.includes(key) ? fromAbove(value, maps) : value]];
  });
  const settings: Record<string, unknown> = Object.fromEntries(kept);
  if (kind === "trainAgain") return settings;
  const { nb_unfrozen_layer: _, ...others } = settings;
  return { ...others, transfer_path: maps, transfer_selection_metric: bestMetric(json) };
}

const PATHS = ["caps_directory", "tsv_path", "transfer_path"];

/** A path that starts at the MAPS, as a file beside the MAPS names it. Of another system it may be absolute too. */
function fromAbove(value: unknown, maps: string): unknown {
  if (typeof value !== "string" || posix.isAbsolute(value) || win32.isAbsolute(value)) return value;
  return join(maps, value);
}

/** Of the best models that it kept, those by the metric that says most of its task. */
function bestMetric({
  selection_metrics: given,
  network_task: task,
}: Readonly<Record<string, unknown>>): string {
  const metrics = Array.isArray(given) ? given.map(String) : [];
  const found = experimentSchema.shape.network_task.safeParse(task);
  const leading = leadingMetrics(found.data ?? null).find((metric) => metrics.includes(metric));
  return leading ?? metrics[0] ?? "loss";
}

async function freeFile(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const file = join(folder, `${name}${number === 1 ? "" : `-${number}`}.experiment.json`);
    if (!(await exists(file))) return file;
  }
}
