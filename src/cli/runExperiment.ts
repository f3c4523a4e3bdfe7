/** What the commands that train share: an engine, progress on the terminal, a stop by Ctrl+C, an outcome. */
import { availableParallelism } from "node:os";
import { type Engine, EngineError } from "../engine/engine";
import type { Experiment } from "../experiment/experiment";
import { fileProblem } from "../experiment/file/fileProblem";
import { readExperiment } from "../experiment/file/resolve";
import { failurePhrase } from "../experiment/problems/failurePhrase";
import { keepFailure } from "../experiment/problems/keptProblem";
import { problem, warning } from "../experiment/problems/makeProblem";
import { InputError, type Problem } from "../experiment/problems/problem";
import { leaveWorkPlace, takeWorkPlace } from "../maps/units/workPlaces";
import { type Sentence, sentence } from "../network/sentence";
import type { EndReason } from "../run/events";
import { EXIT, type ExitCode } from "../run/exitCodes";
import { type Notice, notice } from "../training/notices";
import type { RunOptions, TrainingOutcome } from "../training/run/runOptions";
import { runTraining } from "../training/run/runTraining";
import type { SplitResult } from "../training/run/splitResult";
import type { StepJob } from "../training/run/stepTiming";
import { trainOrResume } from "../training/run/trainOrResume";
import type { CommandOutcome, CommandTerminal, SpeakingTerminal } from "./command";
import { chooseEngine, type EngineName } from "./engines/chooseEngine";
import { engineFolders } from "./engines/engineFolders";
import { deviceName } from "./engines/fastest";
import { type RecordedEngine, recordedEngine } from "./engines/recordedEngine";
import { resultsSummary } from "./terminal/resultsSummary";
import { stopSignal } from "./terminal/stopSignal";
import { trainingObserver } from "./terminal/trainingObserver";
import { GYRUS_VERSION } from "./version";

/**
 * The experiment of a file. Warnings are said; errors are thrown as one InputError with all of them.
 * @param options with `strict` a warning is an error
 */
export async function loadExperiment(
  file: string,
  terminal: CommandTerminal,
  { strict = false }: { readonly strict?: boolean } = {},
): Promise<Experiment> {
  const { experiment, problems } = await readExperiment(file);
  const isError = ({ severity }: Problem) => severity === "error" || (strict && severity === "warning");
  const errors = problems.filter(isError).map((one): Problem => ({ ...one, severity: "error" }));
  for (const one of problems) if (!isError(one)) terminal.warn(one);
  if (experiment === null || errors.length > 0) throw new InputError(errors);
  return experiment;
}

/** How a command line changes where an experiment computes. */
export interface EngineWishes {
  readonly engine?: EngineName | undefined;
  readonly device?: string | undefined;
  readonly threads?: number | undefined;
}

/**
 * Trains `experiment` into the new folder `maps`, or with `join` into a MAPS that others train.
 * @param words the command line, kept in the MAPS
 * @param options with `resume` it goes on with a training of it that has not finished there
 */
export async function runExperiment(
  experiment: Experiment,
  maps: string,
  words: readonly string[],
  terminal: CommandTerminal,
  {
    join = false,
    resume = false,
    accepted = new Set(),
    wantsGpu = false,
    wishes = {},
  }: Pick<RunOptions, "join" | "accepted"> & {
    readonly resume?: boolean;
    readonly wantsGpu?: boolean;
    readonly wishes?: EngineWishes;
  } = {},
): Promise<TrainingOutcome> {
  // Who joins goes on with what is left anyway.
  const resumes = resume && !join;
  const engine = await trainingEngine(experiment, wishes, resumes ? maps : null, terminal);
  const run = resumes ? trainOrResume : runTraining;
  return await watched(
    {
      threads: wishes.threads ?? experiment.threads,
      wishedCard: wishes.device ?? experiment.device ?? "",
      choose: async (job) => {
        const chosen = await engine(job);
        warnOfNoGpu(wantsGpu, chosen.description.device, terminal);
        return chosen;
      },
    },
    words,
    terminal,
    (options) => run(experiment, maps, { ...options, join, accepted }),
    maps,
  );
}

/**
 * How the engine of a training is chosen. One that goes on keeps the engine that it has, unless the command line names another.
 * @param maps of a training that may have begun; null for a new one
 */
export async function trainingEngine(
  experiment: Experiment,
  wishes: EngineWishes,
  maps: string | null,
  terminal: Pick<CommandTerminal, "tell">,
): Promise<(job: StepJob) => Promise<Engine>> {
  const kept = maps === null || wishes.engine !== undefined ? null : await recordedEngine(maps);
  const name = wishes.engine ?? kept?.name ?? experiment.engine;
  const choice = {
    threads: wishes.threads ?? experiment.threads,
    device: wishes.device ?? experiment.device,
    folders: engineFolders(),
    say: (notice: Notice) => terminal.tell(notice),
  };
  if (name === "auto") return (job) => chooseEngine(name, { ...choice, job });
  // What cannot be used is refused before anything long begins.
  const engine = await chooseEngine(name, choice).catch((error: unknown) => {
    throw kept !== null && error instanceof EngineError ? new EngineError(keptSentence(kept, error)) : error;
  });
  if (kept !== null && kept.device !== "CPU" && engine.description.device === "CPU") {
    throw new EngineError(cardGone(kept));
  }
  if (kept !== null && name !== experiment.engine) {
    terminal.tell(notice("engine-kept", { device: deviceName(engine) }));
  }
  return async () => engine;
}

/** TensorFlow computes on the processor where no GPU answers it, which a training that began on one must not do unasked. */
const cardGone = ({ name, device }: RecordedEngine): Sentence =>
  sentence`This training began with the engine ${name} on ${device}, which does not answer now. \`--engine ${name}\` goes on with it all the same, \`--engine onnx\` with the engine of the processor.`;

const keptSentence = ({ name, device }: RecordedEngine, { detail }: EngineError): Sentence =>
  sentence`${detail} This training began with the engine ${name} (${device}); \`--engine onnx\` goes on with it on the processor.`;

/** Says where a GPU is asked for and the run computes without one. */
export function warnOfNoGpu(wanted: boolean, device: string, terminal: CommandTerminal): void {
  if (wanted && device === "CPU") terminal.warn(warning("gpu.none", { where: "gpu" }, { device }));
}

interface WatchedEngine {
  readonly threads: number;
  /** The graphics card that was asked for, "" for the first. */
  readonly wishedCard: string;
  readonly choose: (job: StepJob) => Promise<Engine>;
}

/** Calls `run` with a progress display and a signal that Ctrl+C aborts. Other trainings on this machine know of it meanwhile. */
export async function watched(
  { threads, wishedCard, choose }: WatchedEngine,
  words: readonly string[],
  terminal: CommandTerminal,
  run: (options: RunOptions) => Promise<TrainingOutcome>,
  maps: string,
): Promise<TrainingOutcome> {
  const cores = availableParallelism();
  if (threads > cores) {
    terminal.warn(warning("threads.more-than-cores", { where: "threads" }, { threads, cores }));
  }
  let checked = false;
  const shown = checkProgress(terminal, "checking-images");
  const { signal, release } = stopSignal(terminal, {
    stopping: "stopping-after-update",
    idle: () => !checked,
  });
  takeWorkPlace({ maps, threads, card: null });
  try {
    return await run({
      engine: async (job) => {
        const engine = await choose(job);
        const { device } = engine.description;
        if (device !== "CPU") takeWorkPlace({ maps, threads: 1, card: wishedCard });
        return engine;
      },
      observer: trainingObserver(terminal),
      signal,
      onNotice: (notice) => terminal.tell(notice),
      onWarning: (found) => terminal.warn(found),
      gyrusVersion: GYRUS_VERSION,
      command: ["gyrus", ...words],
      onHeader: checkProgress(terminal, "reading-headers"),
      onCheck: (done, of) => {
        checked = done === of;
        shown(done, of);
      },
      onCompare: checkProgress(terminal, "comparing-images"),
    });
  } finally {
    leaveWorkPlace(maps);
    release();
  }
}

/** Between two lines about images that are checked, where no line can move. Milliseconds. */
const PATIENCE = 10_000;

/** A moving line where there is one, else a line now and then: a thousand images take minutes. */
export function checkProgress(
  terminal: SpeakingTerminal,
  doing: "reading-headers" | "checking-images" | "comparing-images",
): (done: number, of: number) => void {
  let said = Date.now();
  return (done, of) => {
    const text = terminal.text(doing, { done, of });
    terminal.draw(done === of ? "" : text);
    if (terminal.columns !== null || done === of || Date.now() - said < PATIENCE) return;
    said = Date.now();
    terminal.say(text);
  };
}

/** What `train` and `resume` print, and how they end. Said once more is what came after has carried off the screen. */
export function outcomeOf({ maps, sets, splits, reason, failures }: TrainingOutcome): CommandOutcome {
  const result = { maps, reason, sets, splits: splits.map(fromOne) };
  const stopped = reason === "stopped" || failures.some((failure) => fileProblem(failure) !== null);
  const again = stopped ? [problem("training.stopped", {}, { maps: shellWord(maps) })] : [];
  const failed = splits.filter((split) => split.reason === "failed" || split.reason === "nan");
  return {
    result,
    exit: exitCodeOf(reason),
    problems: [...failed.map((split) => failedSplit(maps, split)), ...again],
  };
}

/** The figures of the folds that a training has kept results of; said where it came to its end. */
export async function sayFigures(
  { maps, reason }: TrainingOutcome,
  terminal: CommandTerminal,
): Promise<void> {
  if (reason !== "completed" && reason !== "early_stopping") return;
  for (const line of await resultsSummary(maps, ["outer", "validation"], terminal)) terminal.say(line);
}

const shellWord = (path: string) => (/\s/.test(path) ? `"${path}"` : path);

/** Epochs as people count them, from 1. */
function fromOne({ best, problems: _, ...split }: SplitResult) {
  const counted = Object.entries(best).map(([metric, { epoch, validation }]) => [
    metric,
    { epoch: epoch + 1, validation },
  ]);
  return { ...split, best: Object.fromEntries(counted) };
}

const failedSplit = (maps: string, { split, network, problems }: SplitResult): Problem =>
  problem(
    "training.failed",
    { file: maps },
    { split, network, reason: failurePhrase(keepFailure(problems)) },
  );

function exitCodeOf(reason: EndReason): ExitCode {
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
