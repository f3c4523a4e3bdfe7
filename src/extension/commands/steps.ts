/** A form of several steps in the quick input, with a way back. */
import { QuickInputButtons, type QuickPickItem, window } from "vscode";
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

/** A text; `check` says what is wrong with it, or undefined. */
export function ask(
  place: Place,
  prompt: string,
  value: string,
  check: (text: string) => string | undefined,
): Promise<string | typeof BACK | undefined> {
  const input = Object.assign(window.createInputBox(), place, {
    prompt: asMessage(prompt),
    value,
    ignoreFocusOut: true,
    buttons: backButton(place),
  });
  const validate = (text: string) => {
    const wrong = check(text);
    input.validationMessage = wrong === undefined ? undefined : asMessage(wrong);
  };
  return new Promise((resolve) => {
    const end = (answer: string | typeof BACK | undefined) => {
      resolve(answer);
      input.dispose();
    };
    input.onDidChangeValue(validate);
    input.onDidTriggerButton(() => end(BACK));
    input.onDidAccept(() => {
      validate(input.value);
      if (input.validationMessage === undefined) end(input.value);
    });
    input.onDidHide(() => end(undefined));
    input.show();
  });
}
