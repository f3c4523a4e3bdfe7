import { l10n } from "vscode";
import { describeProblemIn, type Problem, sentencesOf } from "../experiment/problems/problem";
import { unbroken } from "../experiment/problems/unbroken";
import { fillWords, type Phrase, type Translate } from "../experiment/problems/words";
import { sentenceText } from "../network/sentence";

/** From the words of problems and of the trainer to the language of the editor, the places of their values left as they are. */
const inEditorLanguage: Translate = (template) => unbroken(l10n.t(template));

/** A text with its values, and the forms of its words that go with numbers: `counted("{0} {0|image|images}", 3)`. */
export const counted = (template: string, ...values: (string | number)[]): string =>
  sentenceText({ template, values }, inEditorLanguage);

/** What is wrong and what to do, in the language of the editor. */
export const sentencesHere = (problem: Problem) => sentencesOf(problem, inEditorLanguage);

/** One line: what is wrong and what to do. */
export function lineHere(problem: Problem): string {
  const { message, remedy } = sentencesHere(problem);
  return `${message} ${remedy}`.trimEnd();
}

/** What a phrase says, in the language of the editor. */
export const phraseHere = ({ template, values }: Phrase): string =>
  fillWords(template, values, inEditorLanguage);

/** One line with its place, in the language of the editor. */
export const describeHere = (problem: Problem): string => describeProblemIn(inEditorLanguage, problem);
