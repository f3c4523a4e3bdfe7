import type { EngineReport } from "../../engine/inspectEngines";
import { phraseOf } from "../../experiment/problems/networkSentence";
import type { CommandTerminal } from "../command";

type Reader = Pick<CommandTerminal, "text" | "words">;

/** A report for programs: why an engine cannot be used in the language that was asked for. */
export function reportFor(reader: Reader, report: EngineReport) {
  const { problem } = report;
  return { ...report, problem: problem === null ? null : reader.words(phraseOf(problem)) };
}

/** What an engine is, where it was found, what it computes on, or why it cannot be used. */
export function describeEngine(reader: Reader, report: EngineReport): string {
  const { engine, library, version, folder, devices, usable, problem } = reportFor(reader, report);
  const name = version === null ? library : `${library} ${version}`;
  const places = [reader.text("found-in"), reader.text("computes-on")];
  const width = Math.max(...places.map((place) => place.length));
  const [foundIn = "", computesOn = ""] = places.map((place) => place.padEnd(width));
  return [
    `${usable ? "✓" : "✗"} ${engine}: ${name}`,
    ...(folder === null ? [] : [`  ${foundIn} ${folder}`]),
    ...(devices.length === 0 ? [] : [`  ${computesOn} ${devices.join(", ")}`]),
    ...(problem === null ? [] : [`  ${problem}`]),
  ].join("\n");
}
