/** The settings of a MAPS that views show, taken from its maps.json as far as they are there and of the right type. */
import { classNames } from "../../experiment/labelCode";
import { TASK_NAMES, type Task } from "../../statistics/task";
import type { MapsParameters } from "./mapsJson";

export interface MapsSettings {
  /** Null when ClinicaDL made it. */
  readonly gyrusVersion: string | null;
  readonly task: Task | null;
  /** "custom" for the user's own layers; null where maps.json does not say. */
  readonly architecture: string | null;
  readonly label: string | null;
  /** Class names by code; empty unless classification. */
  readonly classes: readonly string[];
  readonly selectionMetrics: readonly string[];
  readonly patience: number;
  readonly tolerance: number;
  readonly epochs: number | null;
}

/** A maps.json of another version is not refused for one key. `parameters`: null when it cannot be read. */
export function settingsOf(parameters: MapsParameters | null): MapsSettings {
  const json = parameters?.json ?? {};
  const { network_task, architecture, label, label_code, selection_metrics, patience, tolerance, epochs } =
    json;
  return {
    gyrusVersion: parameters?.gyrusVersion ?? null,
    task: isTask(network_task) ? network_task : null,
    architecture: isObject(architecture) ? "custom" : textOrNull(architecture),
    label: textOrNull(label),
    classes: isObject(label_code) ? namesOf(label_code) : [],
    selectionMetrics: Array.isArray(selection_metrics)
      ? selection_metrics.filter((name) => textOrNull(name))
      : [],
    patience: numberOrNull(patience) ?? 0,
    tolerance: numberOrNull(tolerance) ?? 0,
    epochs: numberOrNull(epochs),
  };
}

/** Codes that are none are passed over: the file may be of any version. */
function namesOf(labelCode: object): string[] {
  const codes = Object.entries(labelCode).filter(([, code]) => Number.isInteger(code) && code >= 0);
  return classNames(Object.fromEntries(codes)).filter((name) => name !== undefined);
}

/** Whether version `a` has more to it than `b`: a larger first or second number. A third one only repairs. */
export function isNewer(a: string, b: string): boolean {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA > majorB || (majorA === majorB && minorA > minorB);
}

const isTask = (value: unknown): value is Task => TASK_NAMES.some((task) => task === value);
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);
const numberOrNull = (value: unknown) => (typeof value === "number" ? value : null);
