/** Answers in a worker thread what the program that started it asks. */
import { parentPort } from "node:worker_threads";
import { type Answerers, Answers, type AnswersOptions } from "./answers";
import type { Cancel, Contract, ErrorCodec, Request } from "./contract";

export function answerInThread<Methods extends Contract<Methods>, Failure>(
  answerers: Answerers<Methods>,
  errors: Pick<ErrorCodec<Failure>, "write">,
  options: AnswersOptions,
): void {
  const port = parentPort;
  if (port === null) throw new Error("This program runs as a thread of another one only.");
  const answers = new Answers<Methods, Failure>(
    answerers,
    (answer, transfer) => port.postMessage(answer, transfer),
    errors,
    options,
  );
  port.on("message", (message: Request<Methods> | Cancel) => void answers.take(message));
  // Ends the thread, and with it the waiting for an answer.
  port.on("messageerror", (error) => {
    throw error;
  });
}
