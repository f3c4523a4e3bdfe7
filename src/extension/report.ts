/** What went wrong, told to the user once: a line with a way on, the whole in the output channel. */

import { type LogOutputChannel, l10n, window } from "vscode";
import { InputError } from "../experiment/problems/problem";
import { errorWords } from "./errorWords";
import { counted, describeHere } from "./language";
import { asMessage } from "./plainText";

export interface NotificationAction {
  readonly title: string;
  run(): unknown;
}

/** Shows a message with buttons; runs the one that is pressed. Does not wait for the user. */
export function notify(
  kind: "information" | "warning" | "error",
  message: string,
  actions: readonly NotificationAction[] = [],
): void {
  void show(
    kind,
    asMessage(message),
    actions.map(({ title }) => title),
  ).then((pressed) => actions.find(({ title }) => title === pressed)?.run());
}

function show(kind: "information" | "warning" | "error", message: string, buttons: readonly string[]) {
  switch (kind) {
    case "information":
      return window.showInformationMessage(message, ...buttons);
    case "warning":
      return window.showWarningMessage(message, ...buttons);
    case "error":
      return window.showErrorMessage(message, ...buttons);
  }
}

/** Asks in a window of its own how to go on, the way that is proposed first; runs the one that is pressed. */
export async function askWay(
  question: string,
  detail: string,
  ways: readonly NotificationAction[],
): Promise<void> {
  const titles = ways.map(({ title }) => title);
  const shown = { modal: true, detail: asMessage(detail) };
  const pressed = await window.showWarningMessage(asMessage(question), shown, ...titles);
  await ways.find(({ title }) => title === pressed)?.run();
}

/** Asks in a window of its own before something is done that cannot be undone. True where `yes` was pressed. */
export async function confirm(
  kind: "information" | "warning",
  question: string,
  { detail, yes }: { readonly detail: string; readonly yes: string },
): Promise<boolean> {
  const ask = kind === "warning" ? window.showWarningMessage : window.showInformationMessage;
  return (await ask(asMessage(question), { modal: true, detail: asMessage(detail) }, yes)) === yes;
}

/** `doing`: what was tried, in the user's words ("Train"). */
export function reportError(log: LogOutputChannel, doing: string, error: unknown): void {
  const showLog = { title: l10n.t("Show Log"), run: () => log.show() };
  if (error instanceof InputError) {
    const [first, ...others] = error.problems;
    log.error(`${doing}: ${error.message}`);
    const more = others.length === 0 ? "" : ` ${counted("({0} more {0|problem|problems})", others.length)}`;
    notify("error", `${first === undefined ? error.message : describeHere(first)}${more}`, [showLog]);
    return;
  }
  log.error(`${doing}:`, error instanceof Error ? (error.stack ?? error.message) : String(error));
  void errorWords(error).then((words) => notify("error", `${doing}: ${words}`, [showLog]));
}
