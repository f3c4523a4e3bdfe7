/** How the trainer is called: which Node, which words, which environment. */
import { dirname } from "node:path";
import type { Need } from "../../run/trainingQueue";

export interface EngineChoice {
  /** "experiment" leaves the choice to the experiment file. */
  readonly engine: string;
  /** The graphics card; "" leaves the choice to the experiment file. */
  readonly device: string;
  /** 0 leaves the choice to the experiment file. */
  readonly threads: number;
}

/** A training that goes on in a process of its own. */
export type TrainerTask = (
  | { readonly kind: "train"; readonly experiment: string; readonly maps: string }
  | { readonly kind: "resume"; readonly maps: string }
) & {
  /** What it takes of the machine, where that is known. */
  readonly need?: Need | undefined;
};

export interface TrainerProgram {
  readonly command: string;
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** In which it runs: Gyrus looks for engines there, so it is not whichever one the editor was started in. */
  readonly folder: string;
}

/** @param node that of realNode.ts, or the desktop's Electron, which ELECTRON_RUN_AS_NODE makes a Node; a plain Node ignores it */
export function trainerProgram(
  cli: string,
  words: readonly string[],
  node: string,
  environment: NodeJS.ProcessEnv,
): TrainerProgram {
  // What the editor was started with (a debugger, a proxy of modules) is not meant for the trainer.
  const { NODE_OPTIONS, ELECTRON_NO_ASAR, VSCODE_INSPECTOR_OPTIONS, ...inherited } = environment;
  return {
    command: node,
    words: [cli, ...words],
    environment: { ...inherited, ELECTRON_RUN_AS_NODE: "1" },
    folder: dirname(cli),
  };
}

/** The words of the command line for `task`. */
export function trainerWords(task: TrainerTask, choice: EngineChoice): string[] {
  const engine = choice.engine === "experiment" ? [] : ["--engine", choice.engine];
  const device = choice.device === "" ? [] : ["--device", choice.device];
  const threads = choice.threads === 0 ? [] : ["--threads", String(choice.threads)];
  switch (task.kind) {
    case "train":
      return ["train", task.experiment, "--output", task.maps, ...engine, ...device, ...threads, "--json"];
    case "resume":
      return ["resume", task.maps, ...engine, ...device, ...threads, "--json"];
  }
}
