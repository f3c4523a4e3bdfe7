/** What a device throws, as the user has to hear it. */
import { reasonOf } from "../../messages/reasonOf";
import { ArchitectureError } from "../../network/architectureError";
import { type Sentence, sentence } from "../../network/sentence";
import { EngineError } from "../engine";
import { DeviceMemoryError } from "./device/checked";

/**
 * @param work what was being computed: "a batch of 8"
 * @returns `error` itself where it is already for the user
 */
export function explainFailure(error: unknown, work: Sentence, device: string): Error {
  if (error instanceof EngineError || error instanceof ArchitectureError) return error;
  if (error instanceof DeviceMemoryError) {
    return new EngineError(
      sentence`There is not enough memory on ${device} for ${work}. Make \`batch_size\` smaller and \`accumulation_steps\` larger by the same factor, or close other programs that use it.`,
      { cause: error },
    );
  }
  return new EngineError(sentence`${device} could not compute ${work}: ${reasonOf(error)}`, { cause: error });
}
