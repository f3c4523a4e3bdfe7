/** What can be wrong with what a user does with whole runs: their notes, their names, the trash. */
import type { ProblemWords } from "./words";

export const RUN_PROBLEMS = {
  "runs.notes": {
    message:
      "What is kept here of stars, notes and groups of runs cannot be read, so nothing is written over it.",
    remedy: "Repair the file, or delete it to begin anew.",
  },
  "runs.in-training": {
    message: "{name} is in training.",
    remedy: "Stop it first: a trainer would go on writing where the folder was.",
  },
  "runs.is-window": {
    message: "{name} is the folder that this window shows, so that it cannot be moved from within it.",
    remedy: "Open the folder above it, and delete it there.",
  },
  "runs.gone": {
    message: "{name} is not there any more.",
    remedy: "Look for it in the trash of the workspace, or refresh the experiments.",
  },
  "runs.taken": {
    message: "There is something called {name} already.",
    remedy: "Choose another name, or move what is there.",
  },
  "runs.name": {
    message: 'A run cannot be called "{name}": {fault}.',
    remedy: "Choose another name.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
