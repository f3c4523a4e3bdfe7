import { l10n, ProgressLocation, window } from "vscode";
import type { Gyrus } from "../gyrus";
import { asMessage } from "../plainText";
import { type ProgramResult, runProgram } from "../trainer/shortProgram";
import { gyrusProgram } from "../trainer/supervise";

/**
 * Runs `gyrus ...words` to its end, with what it says in a notification and in the log.
 * @returns null when the user cancelled
 */
export async function runWithProgress(
  gyrus: Gyrus,
  words: readonly string[],
  title: string,
): Promise<ProgramResult | null> {
  const program = await gyrusProgram(gyrus.context, words);
  gyrus.log.info(`${program.command} ${program.words.join(" ")}`);
  const stop = new AbortController();
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: asMessage(title), cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      return runProgram(program, {
        signal: stop.signal,
        onMessage(line) {
          gyrus.log.info(line);
          if (line.trim() !== "") progress.report({ message: asMessage(line.trim()) });
        },
      });
    },
  );
  if (result.output !== "") gyrus.log.info(result.output.trim());
  return stop.signal.aborted ? null : result;
}

export const showLog = (gyrus: Gyrus) => ({ title: l10n.t("Show Log"), run: () => gyrus.log.show() });
