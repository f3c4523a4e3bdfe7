import type { PreparedRun } from "./prepareRun";
import type { ChosenOptions, RunOptions } from "./runOptions";
import { stepJobOf } from "./stepTiming";

/** The options with an engine that is chosen for this run. @throws EngineError where the one asked for cannot be used */
export async function withEngine(prepared: PreparedRun, options: RunOptions): Promise<ChosenOptions> {
  const { engine } = options;
  return { ...options, engine: typeof engine === "function" ? await engine(stepJobOf(prepared)) : engine };
}
