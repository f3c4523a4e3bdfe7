/**
 * Reads images in worker threads while the network trains. An engine may hold the main thread for seconds, during which no
 * message is handled: so requests are handed out at once, not when a worker becomes free, and a batch that was asked for
 * before a training step is ready after it.
 */

import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Experiment } from "../../experiment/experiment";
import { aboutSubject, problem } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import { InputError } from "../../experiment/problems/problem";
import { reasonOf } from "../../messages/reasonOf";
import { WorkerThread } from "../../messages/workerThread";
import type { InputSettings, Voxels } from "../batches/networkInput";
import { readInputs } from "../batches/readInputs";
import { imageName, type NamedImage, nameImage } from "../sources/nameImage";
import type { DiskCache } from "./diskCache";
import { ReadingError } from "./readingError";
import { VolumeCache } from "./volumeCache";
import {
  type ReadFailure,
  type ReadInputs,
  type ReadingMethods,
  type ReadRequest,
  type ReadSeeds,
  readErrors,
} from "./volumeMessages";
import type { VoxelFacts } from "./voxelFacts";

export interface ReaderOptions {
  /** Worker threads (`n_proc`): null for one a core, 0 to read in the calling thread. */
  readonly workers: number | null;
  /** Memory for decoded volumes; a quarter of what is free when absent. */
  readonly cacheBytes?: number | undefined;
  /** Where images are kept as they are read; null or absent for nowhere. */
  readonly disk?: DiskCache | null;
}

/** An image of a set: its file, and whose it is. */
export interface FoundImage extends NamedImage {
  /** Folder or table of the images. */
  readonly place: string;
  readonly file: string;
}

export interface VolumeReader {
  /** The inputs that `parts` (from 0) of an image give. Throws an InputError or a ReadingError, which name participant, session and file. */
  read(
    image: FoundImage,
    parts: readonly number[],
    /** Of the training transforms; absent in evaluation. */
    seeds?: ReadSeeds,
    /** What was fitted on the training set, for an `intensity` that is. */
    standard?: readonly number[],
  ): Promise<readonly Float32Array<ArrayBuffer>[]>;
  /** Takes back inputs that nobody looks at any more: their memory holds others. */
  giveBack(inputs: readonly Float32Array<ArrayBuffer>[]): void;
  /**
   * Reads and checks an image, and says what is to be kept of its voxels; null where these are not read. Throws as `read`
   * does.
   */
  check(image: FoundImage): Promise<VoxelFacts | null>;
  /** Ends the workers; reads under way fail. */
  close(): Promise<void>;
}

/** More workers than that wait for the disk and for memory. */
const MOST_WORKERS = 8;

/** So many files are unpacked at once where no workers are: as many threads has Node for it. */
const THREADS_OF_ZLIB = 4;

/** Threads that read when as many are asked for, never more than there are cores; null: one a core, as far as it helps. */
export const workerCount = (asked: number | null): number =>
  Math.min(asked ?? MOST_WORKERS, availableParallelism());

/** Memory for what was read, in bytes. */
export const cacheBytesOf = ({ cacheBytes }: Pick<ReaderOptions, "cacheBytes">): number =>
  cacheBytes ?? process.availableMemory() / 4;

/** How the images of an experiment are read. */
export const readingOf = ({ n_proc, cache_gb }: Pick<Experiment, "n_proc" | "cache_gb">): ReaderOptions => ({
  workers: n_proc,
  cacheBytes: cache_gb === null ? undefined : cache_gb * 1e9,
});

/** `input` holds for all that is read. Costs nothing until the first read. */
export function openVolumeReader(input: InputSettings, options: ReaderOptions): VolumeReader {
  const settings = { ...input, disk: options.disk ?? null };
  const workers = workerCount(options.workers);
  const lanes =
    workers === 0
      ? Array.from({ length: THREADS_OF_ZLIB }, () => inThisThread(settings))
      : Array.from({ length: workers }, () => inWorker(settings));
  const recentVolumes = settings.cut.mode === "image" ? 0 : lanes.length + 2;
  const cache = new VolumeCache<Voxels>(cacheBytesOf(options), recentVolumes);
  /** Volumes that are being decoded: who wants one of them waits for it, instead of having it decoded twice. */
  const decoding = new Map<string, Promise<Voxels | undefined>>();
  const spare: Float32Array<ArrayBuffer>[] = [];
  let closed = false;

  const request = async (file: string, asked: Asked): Promise<ReadInputs> => {
    const underWay = decoding.get(file);
    const voxels = cache.get(file) ?? (underWay && (await underWay));
    if (closed) throw ended(null);
    const lane = lanes.reduce((best, candidate) => (candidate.pending < best.pending ? candidate : best));
    const memory = spare.splice(0, asked.parts.length);
    if (voxels !== undefined) return await lane.ask({ file, voxels, memory, ...asked });
    const answering = lane.ask({ file, voxels, memory, ...asked });
    const decoded = answering.then(
      (answer) => answer.decoded,
      () => undefined,
    );
    decoding.set(file, decoded);
    try {
      const answer = await answering;
      if (answer.decoded !== undefined) cache.put(answer.decoded);
      return answer;
    } finally {
      if (decoding.get(file) === decoded) decoding.delete(file);
    }
  };
  const ask = async (image: FoundImage, asked: Asked) => {
    const { file } = image;
    try {
      return await request(file, asked);
    } catch (error) {
      if (error instanceof InputError) throw nameImage(image, error);
      const told =
        error instanceof ReadingError
          ? error.problem
          : problem("image.not-read", {}, { reason: reasonOf(error) });
      throw new ReadingError({ ...aboutSubject(imageName(image), told), file }, { cause: error });
    }
  };
  return {
    read: async (image, parts, seeds, standard) =>
      (await ask(image, { parts, seeds, standard, facts: false })).inputs,
    check: async (image) => (await ask(image, { parts: [], seeds: undefined, facts: true })).facts,
    giveBack(inputs) {
      const most = 2 * lanes.length;
      spare.push(...inputs.slice(0, Math.max(0, most - spare.length)));
    },
    async close() {
      closed = true;
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

const ended = (failure: string | null): ReadingError =>
  new ReadingError(problem("image.not-read", {}, { reason: failure ?? phrase("reader-ended") }));

type Asked = Pick<ReadRequest, "parts" | "seeds" | "standard" | "facts">;

/** Where requests are worked off, one after the other. */
interface Lane {
  /** Requests that have no answer yet. */
  readonly pending: number;
  ask(request: ReadRequest): Promise<ReadInputs>;
  close(): Promise<void>;
}

function inThisThread(settings: InputSettings): Lane {
  let last: Promise<unknown> = Promise.resolve();
  let pending = 0;
  return {
    get pending() {
      return pending;
    },
    ask(request) {
      pending++;
      // What is read ahead must not hold up what is waited for, nor the network.
      const answer = last.then(() => setImmediate()).then(() => readInputs(settings, request));
      last = answer.catch(() => {}).finally(() => pending--);
      return answer;
    },
    close: async () => {},
  };
}

function inWorker(settings: InputSettings): Lane {
  let thread: WorkerThread<ReadingMethods, ReadFailure> | undefined;
  /** After one that has failed, another is started with the next request. */
  const living = () => {
    if (thread?.isAlive !== true)
      thread = new WorkerThread({
        file: workerFile(),
        data: settings,
        errors: readErrors,
        ended,
        idles: true,
      });
    return thread;
  };
  return {
    get pending() {
      return thread?.requests.pending ?? 0;
    },
    ask(request) {
      const transfer = request.memory?.map(({ buffer }) => buffer) ?? [];
      return living().requests.ask("read", [request], { transfer });
    },
    async close() {
      await thread?.terminate();
    },
  };
}

/** In the bundle both stand in dist/; from the sources (tests), dist/ is three folders up. */
function workerFile(): string {
  const fromSources = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSources ? "../../../dist/volumeWorker.js" : "./volumeWorker.js", import.meta.url),
  );
}
