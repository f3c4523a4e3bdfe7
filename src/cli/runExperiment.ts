/** What the commands that train share: an engine, progress on the terminal, a stop by Ctrl+C, an outcome. */
import { availableParallelism } from "node:os";
import type { Engine } from "../engine/engine";
import type { Experiment } from "../experiment/experiment";
import { describeProblem, InputError } from "../experiment/problem";
import { readExperiment } from "../experiment/resolve";
import { fileTrouble } from "../files/fileTrouble";
import { type RunOptions, runTraining, type TrainingOutcome } from "../training/run/runTraining";
import { chooseEngine } from "./chooseEngine";
import { EXIT, type ExitCode, type Terminal } from "./command";
import { counted } from "./counted";
import { engineFolders } from "./engineFolders";
import { stopSignal } from "./stopSignal";
import { trainingObserver } from "./trainingObserver";
import { GYRUS_VERSION } from "./version";

/** The experiment of a file. Warnings are said; errors are thrown as one InputError with all of them. */
export function loadExperiment(file: string, terminal: Terminal): Experiment {
  const { experiment, problems } = readExperiment(file);
  for (const problem of problems) {
    if (problem.severity === "warning") terminal.say(`warning: ${describeProblem(problem)}`);
  }
  if (experiment === null) throw new InputError(problems.filter(({ severity }) => severity === "error"));
  return experiment;
}

/** Trains `experiment` into the new folder `maps`. @param words the command line, kept in the MAPS */
export async function runExperiment(
  experiment: Experiment,
  maps: string,
  words: readonly string[],
  terminal: Terminal,
): Promise<TrainingOutcome> {
  const engine = await chooseEngine(experiment.engine, {
    threads: experiment.threads,
    folders: engineFolders(),
  });
  return await watched(engine, words, terminal, (options) => runTraining(experiment, maps, options));
}

/** Calls `run` with a progress display and a signal that Ctrl+C aborts. */
export async function watched(
  engine: Engine,
  words: readonly string[],
  terminal: Terminal,
  run: (options: RunOptions) => Promise<TrainingOutcome>,
): Promise<TrainingOutcome> {
  const [threads, cores] = [engine.description.threads, availableParallelism()];
  if (threads > cores) {
    terminal.say(
      `warning: threads: ${threads} threads on ${counted(cores, "core")} wait for each other and are slower. Set "threads" to 0 for all cores.`,
    );
  }
  let checked = false;
  const shown = checkProgress(terminal);
  const { signal, release } = stopSignal(terminal.say, { step: "weight update", idle: () => !checked });
  try {
    return await run({
      engine,
      observer: trainingObserver(terminal),
      signal,
      onNotice: terminal.say,
      gyrusVersion: GYRUS_VERSION,
      command: ["gyrus", ...words],
      onCheck: (done, of) => {
        checked = done === of;
        shown(done, of);
      },
    });
  } finally {
    release();
  }
}

/** Between two lines about images that are checked, where no line can move. Milliseconds. */
const PATIENCE = 10_000;

/** A moving line where there is one, else a line now and then: a thousand images take minutes. */
export function checkProgress(terminal: Terminal): (done: number, of: number) => void {
  let said = Date.now();
  return (done, of) => {
    const text = `checking images ${done}/${of}`;
    terminal.draw(done === of ? "" : text);
    if (terminal.columns !== null || done === of || Date.now() - said < PATIENCE) return;
    said = Date.now();
    terminal.say(text);
  };
}

/** The object of `--json`. */
export function outcomeAsJson({ maps, splits }: TrainingOutcome): string {
  return JSON.stringify({ maps, splits });
}

export function exitCodeOf(outcome: TrainingOutcome, terminal: Terminal): ExitCode {
  const { maps, splits, reason, failures } = outcome;
  if (splits.length > 1) {
    // Said when it happened, but what came after has carried it off the screen.
    for (const { split, network, reason, message } of splits) {
      const name = network === undefined ? `Split ${split}` : `Split ${split}, network ${network}`;
      if (reason === "failed") terminal.say(`${name} failed: ${message}`);
    }
  }
  if (reason === "stopped" || failures.some((failure) => fileTrouble(failure) !== null)) {
    terminal.say(`\`gyrus resume ${/\s/.test(maps) ? `"${maps}"` : maps}\` goes on.`);
  }
  switch (reason) {
    case "completed":
    case "early_stopping":
      return EXIT.done;
    case "stopped":
      return EXIT.stopped;
    case "nan":
    case "failed":
      return EXIT.failed;
  }
}
