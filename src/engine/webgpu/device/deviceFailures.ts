/** What goes wrong with a card, as the user has to hear it: no memory, the card gone, its driver reset. */
import { reasonOf } from "../../../messages/reasonOf";
import { ArchitectureError } from "../../../network/architectureError";
import { type Sentence, sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import type { OpenDevice } from "./openDevice";

/** What was being computed. */
export interface DeviceWork {
  /** Samples in a batch. */
  readonly batchSize: number;
  /** Bytes of its largest array, which grows with the batch; 0 where it is not known. */
  readonly largestArray: number;
  /** Bytes of all that lies on the card for it; 0 where it is not known. */
  readonly bytes: number;
}

/**
 * What Dawn says where an array is larger than the card takes, or its memory is full. The first is a validation error: an array, or the
 * part of it that a kernel sees, above the limits of the device.
 */
const OUT_OF_MEMORY =
  /exceeds the max buffer size|larger than the maximum .*binding size|OUT_OF_(DEVICE|HOST)_MEMORY|E_OUTOFMEMORY|out of memory|failed to allocate/i;

const LOST = /\blost\b|VK_ERROR_DEVICE_LOST|DXGI_ERROR_DEVICE_(REMOVED|HUNG|RESET)/i;

/** A device that is looked after: whether it is still there, and what its errors mean. */
export class DeviceWatch {
  readonly #open: Pick<OpenDevice, "name" | "limits">;
  #lost: GPUDeviceLostInfo | null = null;

  constructor(open: Pick<OpenDevice, "name" | "limits" | "lost">) {
    this.#open = open;
    // The promise of a device is never rejected.
    void open.lost.then((info) => {
      this.#lost = info;
    });
  }

  /**
   * To be asked after each wait for the device: one that is gone has no errors any more, and answers with zeros.
   * @throws EngineError where it is gone
   */
  requireThere(): void {
    if (this.#lost !== null) throw new EngineError(goneSentence(this.#open.name, this.#lost));
  }

  /** @returns `error` itself where it is already for the user */
  explain(error: unknown, work: DeviceWork): Error {
    if (error instanceof EngineError || error instanceof ArchitectureError) return error;
    const { name, limits } = this.#open;
    if (this.#lost !== null) return new EngineError(goneSentence(name, this.#lost), { cause: error });
    const reason = reasonOf(error);
    if (OUT_OF_MEMORY.test(reason)) {
      const limit = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
      return new EngineError(memorySentence(name, work, limit), { cause: error });
    }
    // A waiting for the device that is broken off: it goes before its promise says so.
    if (LOST.test(reason) || (error instanceof Error && error.name === "AbortError")) {
      return new EngineError(goneSentence(name, { reason: "unknown", message: reason }), { cause: error });
    }
    return new EngineError(sentence`${name} could not compute a batch of ${work.batchSize}: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * The largest batch whose arrays all stay within `limit` bytes: the largest one grows with the batch. Where that is not what stood in the
 * way the memory as a whole was full, of which a card tells nothing: half the batch needs half of what grows.
 * @returns 0 where not even one sample fits
 */
export function batchThatFits({ batchSize, largestArray }: DeviceWork, limit: number): number {
  if (largestArray > limit) return Math.floor(limit / (largestArray / batchSize));
  return Math.floor(batchSize / 2);
}

function memorySentence(name: string, work: DeviceWork, limit: number): Sentence {
  const { batchSize, bytes } = work;
  const fits = batchThatFits(work, limit);
  const needed = bytes === 0 ? sentence`` : sentence` (it needs ${gigabytes(bytes)} GB)`;
  const remedy = sentence`\`gyrus resume\` goes on from the last checkpoint; with \`--engine onnx\` on the processor.`;
  if (fits < 1) {
    return sentence`There is not enough memory on ${name} for a batch of ${batchSize}${needed}, nor for a smaller one. Use smaller images or a smaller network, or another card. ${remedy}`;
  }
  return work.largestArray > limit
    ? sentence`There is not enough memory on ${name} for a batch of ${batchSize}${needed}: one of ${fits} fits. Set \`batch_size\` to ${fits} and make \`accumulation_steps\` larger by the same factor. ${remedy}`
    : sentence`There is not enough memory on ${name} for a batch of ${batchSize}${needed}. Set \`batch_size\` to ${fits} and make \`accumulation_steps\` larger by the same factor, or close other programs that use the card. ${remedy}`;
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);

function goneSentence(name: string, { reason, message }: { reason: string; message: string }): Sentence {
  const remedy = sentence`\`gyrus resume\` goes on from the last checkpoint; with \`--engine onnx\` on the processor.`;
  if (reason === "destroyed") return sentence`${name} was closed while it computed. ${remedy}`;
  const [said = ""] = message.split("\n");
  return sentence`${name} is gone: its driver was reset or ended, or the card was taken away (${said}). ${remedy}`;
}
