/** Events as lines of JSON and back, checked here, once, at the border. */
import { z } from "zod";
import { warning } from "../experiment/problems/makeProblem";
import type { Problem } from "../experiment/problems/problem";
import { EVENT_KINDS, eventSchema } from "./eventSchema";
import type { RunEvent } from "./events";
import { toJson } from "./jsonNumber";

const anyEvent = z.object({ kind: z.string(), seq: z.number() });

export function formatEvent(event: RunEvent): string {
  return `${toJson(event)}\n`;
}

export type ParsedLine =
  | { readonly event: RunEvent }
  /** A kind of a newer Gyrus. */
  | { readonly unknown: string }
  /** Without its place, which the reader of the log knows. */
  | { readonly problem: Problem };

/** What a value of JSON begins with. */
const BEGINS = /^\s*["{[\dtfn-]/;

const NOT_JSON: ParsedLine = { problem: warning("events.not-json", {}) };

/** One line of a log, without its line feed. Never throws. */
export function parseEvent(line: string): ParsedLine {
  // Garbage may be a million empty lines: an error of the parser for each takes seconds.
  if (!BEGINS.test(line)) return NOT_JSON;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return NOT_JSON;
  }
  const event = eventSchema.safeParse(value);
  if (event.success) return { event: event.data };
  const known = anyEvent.safeParse(value);
  if (!known.success) return { problem: warning("events.no-event", {}) };
  if (!EVENT_KINDS.has(known.data.kind)) return { unknown: known.data.kind };
  const [issue] = event.error.issues;
  return { problem: warning("events.wrong-value", {}, { key: issue?.path.join(".") ?? "" }) };
}
