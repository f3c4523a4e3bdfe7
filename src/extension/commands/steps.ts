/** A form of several steps in the quick input, with a way back. */
import { InputBoxValidationSeverity, QuickInputButtons, type QuickPickItem, window } from "vscode";
import { asMessage } from "../plainText";

export const BACK = Symbol("back");
/** There is nothing to ask after these answers. */
export const SKIP = Symbol("skip");

export interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** What a step answers with; undefined when the user gave up. */
export type StepResult<Answers> = Partial<Answers> | typeof BACK | typeof SKIP | undefined;
export type Step<Answers> = (answers: Partial<Answers>, place: Place) => Promise<StepResult<Answers>>;

/**
 * Walks through `steps`, back and forth; undefined when the user gave up.
 * @param known answers that are not asked for
 */
export async function askSteps<Answers>(
  title: string,
  steps: readonly Step<Answers>[],
  known: Partial<Answers> = {},
): Promise<Partial<Answers> | undefined> {
  let answers = known;
  /** The steps that were asked, the last of them last. */
  const asked: number[] = [];
  for (let index = 0; index < steps.length; ) {
    const place = { title, step: asked.length + 1, totalSteps: steps.length };
    const result = await steps[index]!(answers, place);
    if (result === undefined) return undefined;
    if (result === BACK) index = asked.pop() ?? 0;
    else if (result === SKIP) index++;
    else {
      asked.push(index);
      answers = { ...answers, ...result };
      index++;
    }
  }
  return answers;
}

const backButton = ({ step }: Place) => (step > 1 ? [QuickInputButtons.Back] : []);

/** One of `items`. */
export function choose<Item extends QuickPickItem>(
  place: Place,
  placeholder: string,
  items: readonly Item[],
): Promise<Item | typeof BACK | undefined> {
  const pick = Object.assign(window.createQuickPick<Item>(), place, {
    placeholder,
    items,
    ignoreFocusOut: true,
    matchOnDescription: true,
    buttons: backButton(place),
  });
  return new Promise((resolve) => {
    const end = (answer: Item | typeof BACK | undefined) => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => end(BACK));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) end(item);
    });
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}

/** Any of `items`, those that are `picked` ticked already; `check` says what is wrong with a choice, or undefined. */
export function chooseMany<Item extends QuickPickItem>(
  place: Place,
  placeholder: string,
  items: readonly Item[],
  check: (chosen: readonly Item[]) => string | undefined = () => undefined,
): Promise<readonly Item[] | typeof BACK | undefined> {
  const pick = Object.assign(window.createQuickPick<Item>(), place, {
    placeholder,
    items,
    canSelectMany: true,
    selectedItems: items.filter(({ picked }) => picked),
    ignoreFocusOut: true,
    buttons: backButton(place),
  });
  return new Promise((resolve) => {
    const end = (answer: readonly Item[] | typeof BACK | undefined) => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidTriggerButton(() => end(BACK));
    pick.onDidAccept(() => {
      const wrong = check(pick.selectedItems);
      if (wrong === undefined) end(pick.selectedItems);
      else pick.title = `${place.title}: ${wrong}`;
    });
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}

/** What is said under a text while it is written. */
export interface Verdict {
  /** Whether it can be taken. */
  readonly isRight: boolean;
  readonly words: string;
}

/** A text; `check` says what is wrong with it, or undefined. */
export function ask(
  place: Place,
  prompt: string,
  value: string,
  check: (text: string) => string | undefined,
): Promise<string | typeof BACK | undefined> {
  const judge = (text: string): Verdict => {
    const wrong = check(text);
    return { isRight: wrong === undefined, words: wrong ?? "" };
  };
  return inputBox(place, prompt, value, async (text) => judge(text)).answer;
}

/** A text of which is said what it leads to, from the beginning. */
export function askWhileTold(
  place: Place,
  prompt: string,
  value: string,
  judge: (text: string) => Promise<Verdict>,
): Promise<string | typeof BACK | undefined> {
  const box = inputBox(place, prompt, value, judge);
  void box.validate(value);
  return box.answer;
}

function inputBox(place: Place, prompt: string, value: string, judge: (text: string) => Promise<Verdict>) {
  const input = Object.assign(window.createInputBox(), place, {
    prompt: asMessage(prompt),
    value,
    ignoreFocusOut: true,
    buttons: backButton(place),
  });
  const validate = async (text: string): Promise<boolean> => {
    const { isRight, words } = await judge(text);
    const severity = isRight ? InputBoxValidationSeverity.Info : InputBoxValidationSeverity.Error;
    // Another letter may have been typed meanwhile.
    if (input.value === text) {
      input.validationMessage = words === "" ? undefined : { message: asMessage(words), severity };
    }
    return isRight;
  };
  const answer = new Promise<string | typeof BACK | undefined>((resolve) => {
    const end = (given: string | typeof BACK | undefined) => {
      resolve(given);
      input.dispose();
    };
    input.onDidChangeValue((text) => void validate(text));
    input.onDidTriggerButton(() => end(BACK));
    input.onDidAccept(async () => {
      const text = input.value;
      if (await validate(text)) end(text);
    });
    input.onDidHide(() => end(undefined));
    input.show();
  });
  return { answer, validate };
}
