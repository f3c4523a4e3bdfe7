import { resolve } from "node:path";
import { onTestFinished } from "vitest";
import { InputsThread } from "../../src/extension/panels/inputs/inputsThread";

/** The thread of an input preview, as it is built. Ends with the test. @param file another program in its place */
export function inputsThread(
  file = resolve(import.meta.dirname, "../../dist/inputsWorker.js"),
): InputsThread {
  const thread = new InputsThread(file);
  onTestFinished(() => thread.close());
  return thread;
}
