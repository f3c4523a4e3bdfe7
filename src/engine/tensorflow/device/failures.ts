/** What TensorFlow throws, as the user has to hear it. */
import { reasonOf } from "../../../messages/reasonOf";
import { ArchitectureError } from "../../../network/architectureError";
import { type Sentence, sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import type { TensorFlow } from "../library/tensorFlow";

/** How TensorFlow, CUDA, cuDNN and JavaScript say that there is no memory left. */
const OUT_OF_MEMORY =
  /\boom\b|out of memory|out_of_memory|resource ?exhausted|TF_Status: 8\b|failed to allocate|allocation failed|ALLOC_FAILED|Dst tensor is not initialized|array length/i;

/**
 * @param work what was being computed: "a batch of 8"
 * @returns `error` itself where it is already for the user
 */
export function explainFailure(error: unknown, work: Sentence, device: string): Error {
  if (error instanceof EngineError || error instanceof ArchitectureError) return error;
  const message = reasonOf(error);
  if (OUT_OF_MEMORY.test(message)) {
    return new EngineError(
      sentence`There is not enough memory on ${device} for ${work}. Make \`batch_size\` smaller and \`accumulation_steps\` larger by the same factor, or close other programs that use it.`,
      { cause: error },
    );
  }
  return new EngineError(sentence`TensorFlow could not compute ${work} on ${device}: ${message}`, {
    cause: error,
  });
}

/**
 * Gives back what TensorFlow.js had kept for a way back that never came. After a failure it would lie on the device until the
 * end of the process, where a smaller batch may need it.
 */
export function releaseTape(tf: TensorFlow): void {
  for (const { saved } of tf.engine().state.activeTape ?? []) {
    for (const tensor of saved ?? []) tensor.dispose();
  }
}
