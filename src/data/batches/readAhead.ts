/** Cuts an order of samples into batches and reads those that come next while the one before them is in use. */
import { elementCount } from "../../network/weights/tensor";
import type { Dataset, DrawSeeds } from "./dataset";

/** One look at a set. */
export interface Pass {
  readonly dataset: Pick<Dataset, "read" | "inputSize">;
  /** Places of the samples, in the order in which they are seen. */
  readonly order: readonly number[];
  readonly batchSize: number;
  /** Number of the first batch that is wanted; those before it are neither read nor given. */
  readonly first?: number;
  /** Seeds of the training transforms of a batch; absent in evaluation. */
  readonly drawSeeds?: (batch: number) => DrawSeeds;
}

export interface LoadedBatch {
  /** Its number in the pass, from 0. */
  readonly number: number;
  /** Samples, in the order of the batch. */
  readonly indices: readonly number[];
  /** [indices.length, ...inputSize]. Its memory is that of another batch once the next one is asked for. */
  readonly input: Float32Array;
}

/** Number of batches of `samples`; the last one may be short. */
export function batchCount(samples: number, batchSize: number): number {
  return Math.ceil(samples / batchSize);
}

/** Every sample of a set once, in the order of its table. */
export function passInOrder(
  dataset: Pick<Dataset, "read" | "inputSize" | "samples">,
  batchSize: number,
): Pass {
  return { dataset, order: dataset.samples.map((_, index) => index), batchSize };
}

/** Memory of the batches that wait to be used, in bytes; one is read ahead in any case. */
const AHEAD_BYTES = 2 ** 28;
/** So many wait at most: what they bridge is an image that takes longer than the others. */
const MOST_AHEAD = 8;

/** Batches of so many samples of that size that are read before they are asked for. */
export function batchesAhead(batchSize: number, inputSize: readonly number[]): number {
  const bytes = batchSize * elementCount(inputSize) * Float32Array.BYTES_PER_ELEMENT;
  return Math.min(Math.max(Math.floor(AHEAD_BYTES / bytes), 1), MOST_AHEAD);
}

/** What a batch is made of: two with the same are the same to the bit. */
interface Request {
  readonly dataset: Pass["dataset"];
  readonly number: number;
  readonly indices: readonly number[];
  readonly seeds: DrawSeeds | undefined;
}

/** A batch that is read. */
interface Begun {
  readonly request: Request;
  readonly input: Promise<Float32Array>;
}

/** Reads ahead for one who takes one batch after the other, also from the end of a pass into the one that follows. */
export class ReadAhead {
  /** Of the pass that the last one said would follow it. */
  #expected: readonly Begun[] = [];
  /** Of batches that were used: fresh memory of that size costs the system several times as much as filling it. */
  #spare: Float32Array[] = [];
  #waited = 0;

  /**
   * The batches of `pass` one after the other, none left out. A batch that cannot be read throws where it is due.
   * @param following the pass that will be asked for after this one; a mistake costs time, and nothing else
   */
  async *batches(
    pass: Pass,
    following: () => Pass | null = () => null,
  ): AsyncGenerator<LoadedBatch, void, void> {
    const former = [...this.#expected];
    this.#expected = [];
    const ahead = batchesAhead(pass.batchSize, pass.dataset.inputSize);
    const requests = requestsOf(pass, following);
    const begun: Begun[] = [];
    const last = batchCount(pass.order.length, pass.batchSize);
    for (let number = pass.first ?? 0; number < last; number++) {
      while (begun.length <= ahead) {
        const { value: request } = requests.next();
        if (request === undefined) break;
        const place = former.findIndex((one) => isSame(one.request, request));
        begun.push(place < 0 ? this.#begin(request) : former.splice(place, 1)[0]!);
      }
      const { request, input: reading } = begun.shift()!;
      const input = await this.#wait(reading);
      yield { number, indices: request.indices, input };
      if (this.#spare.length <= ahead) this.#spare.push(input);
    }
    this.#expected = begun;
  }

  /** Seconds for which batches were waited for since the last call. */
  takeWaited(): number {
    const seconds = this.#waited / 1000;
    this.#waited = 0;
    return seconds;
  }

  #begin(request: Request): Begun {
    const { dataset, indices, seeds } = request;
    const input = dataset.read(
      indices,
      seeds,
      this.#memory(indices.length * elementCount(dataset.inputSize)),
    );
    // An error is thrown where the batch is awaited; if it never is, because the loop was left, it is nobody's.
    input.catch(() => {});
    return { request, input };
  }

  #memory(length: number): Float32Array {
    const place = this.#spare.findIndex((spare) => spare.length === length);
    return place < 0 ? new Float32Array(length) : this.#spare.splice(place, 1)[0]!;
  }

  async #wait(reading: Promise<Float32Array>): Promise<Float32Array> {
    const asked = performance.now();
    try {
      return await reading;
    } finally {
      this.#waited += performance.now() - asked;
    }
  }
}

/** What is to be read for a pass, and for the one that follows it. */
function* requestsOf(pass: Pass, following: () => Pass | null): Generator<Request, undefined, void> {
  yield* requestsOfPass(pass);
  const next = following();
  if (next !== null) yield* requestsOfPass(next);
}

function* requestsOfPass({
  dataset,
  order,
  batchSize,
  first = 0,
  drawSeeds,
}: Pass): Generator<Request, void, void> {
  for (let number = first; number < batchCount(order.length, batchSize); number++) {
    const indices = order.slice(number * batchSize, (number + 1) * batchSize);
    yield { dataset, number, indices, seeds: drawSeeds?.(number) };
  }
}

const isSame = (one: Request, other: Request): boolean =>
  one.dataset === other.dataset &&
  one.seeds?.batch === other.seeds?.batch &&
  one.seeds?.epoch === other.seeds?.epoch &&
  one.indices.join() === other.indices.join();
