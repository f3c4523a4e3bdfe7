import { trainingObserver } from "../../src/cli/terminal/trainingObserver";
import { sayInEnglish } from "../../src/cli/terminal/words";
import { phraseText } from "../../src/experiment/problems/phrases";

/** An observer of a training as a wide terminal has it, and what that was given: lines, and the line that is drawn again and again. */
export function linesOfTraining() {
  const lines: string[] = [];
  const drawn: string[] = [];
  const observer = trainingObserver({
    text: sayInEnglish,
    words: phraseText,
    print: () => {},
    say: (text) => lines.push(text),
    columns: 200,
    draw: (text) => drawn.push(text),
  });
  return { observer, lines, drawn };
}
