import type { RunState } from "../../src/run/state";
import { runStrings } from "./strings";
import { textOf } from "./text";

const text = textOf(runStrings);

/** The word for the state of a run that the tree of experiments has too, with a capital: "Not responding". */
export function stateWord(state: RunState): string {
  const word = text(state);
  return word.slice(0, 1).toLocaleUpperCase() + word.slice(1);
}
