/** What can be wrong with maps of where answers come from. */
import type { ProblemWords } from "./words";

export const INTERPRETATION_PROBLEMS = {
  "interpretation.exists": {
    message: "There are maps of this name.",
    remedy: "Choose another name, or overwrite them (--overwrite).",
  },
  "interpretation.no-answer": {
    message: "A reconstruction has no answer to explain.",
    remedy: "Choose a MAPS of a classification or regression.",
  },
  "interpretation.name": {
    message: 'Maps cannot be called "{name}": {fault}.',
    remedy: "Choose another name.",
  },
  "interpretation.output": {
    message: "There is no output {node}.",
    remedy: "Choose among {outputs}.",
  },
  "interpretation.level": {
    message: "There is no level {level} of the convolutions.",
    remedy: "Choose 1 to {layers}.",
  },
  "interpretation.stride": {
    message:
      "Blocks of {block} {block|voxel|voxels} that are {stride} apart would leave voxels between them that are never hidden.",
    remedy: "Take a stride (--stride) of {block} at most, or larger blocks (--block).",
  },
  "interpretation.incomplete": {
    message:
      "The maps do not add up to the change of the answer: they miss {gap} of {change} on average, more than 5 %.",
    remedy: "Take more steps (--steps; {steps} were taken).",
  },
  "interpretation.same-map": {
    message:
      "The maps hardly depend on what the network has learned: with weights drawn anew they are nearly the same (rank correlation {rank}, of magnitudes {absolute}).",
    remedy: "Do not explain the answers by them; compare with another method.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
