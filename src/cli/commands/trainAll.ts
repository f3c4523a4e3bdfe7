import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { newMapsProblems } from "../../maps/folder/createMaps";
import { mapsName } from "../../maps/folder/mapsName";
import { mapsPlace } from "../../maps/folder/place";
import { EXIT, type ExitCode } from "../../run/exitCodes";
import { needOf, type Shortage } from "../../run/trainingQueue";
import { type CommandTerminal, defineCommand } from "../command";
import { ACCEPT_OPTIONS, acceptedBy } from "../commandLine/acceptOptions";
import { misuse } from "../commandLine/usageError";
import { type Asked, type Became, trainInTurn } from "../queue/trainInTurn";
import { trainingProcess } from "../queue/trainingProcess";
import { loadExperiment } from "../runExperiment";
import { stopSignal } from "../terminal/stopSignal";
import { textTable } from "../terminal/textTable";

const GIGABYTE = 1e9;

export const trainAll = defineCommand({
  name: "train-all",
  summary:
    "Trains the experiments of several files, one after another or as many at a time as there is room for.",
  arguments: [
    {
      name: "EXPERIMENT",
      text: "experiment files, in the order in which they begin",
      completes: "file",
      many: true,
    },
  ],
  options: {
    output: {
      kind: "text",
      value: "FOLDER",
      text: "in which each has a MAPS, maps_NAME for NAME.experiment.json",
      completes: "folder",
    },
    "at-once": {
      kind: "whole",
      value: "N",
      least: 1,
      default: 1,
      text: "trainings at a time on this machine",
    },
    "free-memory": {
      kind: "number",
      value: "GB",
      least: 0,
      default: 1,
      text: "memory that must be free for another training to begin beside others",
    },
    resume: { kind: "flag", text: "also those that were begun before: each goes on with what is left" },
    ...ACCEPT_OPTIONS,
  },
  remarks: [
    "Each is a process of its own. One begins where there are cores, memory and a graphics card for it, beside the trainings of other terminals and of VS Code; nobody overtakes.",
    "Where one fails the others go on. Ctrl+C stops all that train, with a checkpoint; the same command with --resume goes on with all that is left.",
    "What each says stands in the log of its MAPS.",
  ],
  examples: [
    "train-all a.experiment.json b.experiment.json --output trials",
    "train-all *.experiment.json --output trials --at-once 2 --resume",
  ],
  async run({ EXPERIMENT: files }, { output, resume, ...options }, terminal) {
    if (files.length === 0) throw misuse("usage.missing", { words: "EXPERIMENT" });
    if (output === undefined) throw misuse("usage.missing", { words: "--output FOLDER" });
    const all = await askedFor(files, resolve(output), resume, terminal);
    const more = [
      ...(resume ? ["--resume"] : []),
      ...[...acceptedBy(options)].map((name) => `--accept-${name}`),
    ];
    const { signal, release } = stopSignal(terminal, { stopping: "stopping-after-update" });
    const became = await trainInTurn(all, signal, {
      limits: {
        trainings: options["at-once"],
        cores: availableParallelism(),
        freeMemory: options["free-memory"] * GIGABYTE,
      },
      freeMemory: () => process.availableMemory(),
      train: ({ experiment, maps }, stop) =>
        trainingProcess(["train", experiment, "--output", maps, ...more], maps, stop),
      onBegin: ({ experiment, maps }) => terminal.say(terminal.text("queue-begins", { experiment, maps })),
      onEnd: ({ experiment }, how) =>
        terminal.say(terminal.text("queue-ended", { experiment, became: terminal.text(`became-${how}`) })),
      onWait: ({ experiment }, shortage) => terminal.say(waitWords(experiment, shortage, terminal)),
    }).finally(release);
    const ended = all.map((asked, index) => ({ ...asked, became: became[index] ?? "not-begun" }));
    return {
      result: { trainings: ended.map(({ experiment, maps, became }) => ({ experiment, maps, became })) },
      show: () => terminal.print(table(ended, terminal)),
      exit: exitOf(became),
      problems: unfinished(ended),
    };
  },
});

/** @throws an InputError with what is wrong with any of them */
async function askedFor(
  files: readonly string[],
  folder: string,
  resume: boolean,
  terminal: CommandTerminal,
): Promise<readonly Asked[]> {
  const problems: Problem[] = [];
  const all: Asked[] = [];
  for (const file of files) {
    const maps = join(folder, mapsName(file));
    const same = all.find((other) => other.maps === maps);
    if (same !== undefined)
      problems.push(problem("queue.same-name", { file }, { other: same.experiment, maps }));
    else if (!resume) problems.push(...(await newMapsProblems(maps)));
    const found = await loadExperiment(file, terminal).catch((error: unknown): readonly Problem[] => {
      if (error instanceof InputError) return error.problems;
      throw error;
    });
    if (isExperiment(found)) all.push({ experiment: resolve(file), maps, ...needOf(found) });
    else problems.push(...found);
  }
  if (problems.length > 0) throw new InputError(problems);
  return all;
}

const isExperiment = (found: Experiment | readonly Problem[]): found is Experiment =>
  "caps_directory" in found;

function waitWords(experiment: string, shortage: Shortage, { text }: CommandTerminal): string {
  switch (shortage.kind) {
    case "trainings": {
      const { working, limit } = shortage;
      return text("queue-waits-trainings", { experiment, working, limit });
    }
    case "cores": {
      const { wanted, free } = shortage;
      return text("queue-waits-cores", { experiment, wanted, free });
    }
    case "memory": {
      const [free, wanted] = [shortage.free / GIGABYTE, shortage.wanted / GIGABYTE];
      return text("queue-waits-memory", { experiment, free: free.toFixed(1), wanted });
    }
    case "card":
      return text("queue-waits-card", { experiment, card: shortage.card === "" ? null : shortage.card });
    case "turn":
      return text("queue-waits-turn", { experiment });
  }
}

function table(ended: readonly Ended[], { text }: CommandTerminal): string {
  const header = [text("became-experiment"), text("cluster-state"), "MAPS"];
  return textTable(
    header,
    ended.map(({ experiment, maps, became }) => [experiment, text(`became-${became}`), maps]),
  );
}

type Ended = Asked & { readonly became: Became };

/** A problem each of what failed, and one of all that waits for the same command. */
function unfinished(ended: readonly Ended[]): readonly Problem[] {
  const failed = ended.filter(({ became }) => isFailure(became));
  const left = ended.filter(({ became }) => became === "stopped" || became === "not-begun");
  const experiments = left.map(({ experiment }) => experiment);
  return [
    ...failed.map(({ experiment, maps }) =>
      problem("queue.failed", { file: mapsPlace(maps).trainerLog }, { experiment }),
    ),
    ...(left.length === 0 ? [] : [problem("queue.stopped", {}, { count: left.length, experiments })]),
  ];
}

const isFailure = (became: Became): boolean => became === "failed" || became === "killed";

function exitOf(became: readonly Became[]): ExitCode {
  if (became.some(isFailure)) return EXIT.failed;
  return became.every((one) => one === "finished") ? EXIT.done : EXIT.stopped;
}
