import type { EngineReport } from "../../engine/inspectEngines";

/** What an engine is, where it was found, what it computes on, or why it cannot be used. */
export function describeEngine(report: EngineReport): string {
  const { engine, library, version, folder, devices, usable, problem } = report;
  const name = version === null ? library : `${library} ${version}`;
  return [
    `${usable ? "✓" : "✗"} ${engine}: ${name}`,
    ...(folder === null ? [] : [`  found in    ${folder}`]),
    ...(devices.length === 0 ? [] : [`  computes on ${devices.join(", ")}`]),
    ...(problem === null ? [] : [`  ${problem}`]),
  ].join("\n");
}
