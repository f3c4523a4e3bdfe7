/** Events as lines of JSON and back, checked here, once, at the border. */
import { z } from "zod";
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
  | { readonly problem: string };

/** One line of a log, without its line feed. Never throws. */
export function parseEvent(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: "is not JSON" };
  }
  const known = anyEvent.safeParse(value);
  if (!known.success) return { problem: "is not an event" };
  if (!EVENT_KINDS.has(known.data.kind)) return { unknown: known.data.kind };
  const event = eventSchema.safeParse(value);
  if (event.success) return { event: event.data };
  const [issue] = event.error.issues;
  return { problem: `has a wrong ${issue?.path.join(".") ?? "value"}: ${issue?.message ?? ""}` };
}
