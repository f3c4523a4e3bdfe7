/** A program of its own: loads the TensorFlow of the folder in its first argument, says in one line of JSON what became of it. */
import { reasonOf } from "../../../messages/reasonOf";
import { sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import { loadTensorFlow } from "./loadTensorFlow";
import type { ProbeResult } from "./probeTensorFlow";

const [, , folder = ""] = process.argv;

async function probe(): Promise<ProbeResult> {
  try {
    const { usesGpu } = await loadTensorFlow(folder, 1);
    return { usesGpu };
  } catch (error) {
    return { problem: error instanceof EngineError ? error.detail : sentence`${reasonOf(error)}` };
  }
}

process.stdout.write(`\n${JSON.stringify(await probe())}\n`);
