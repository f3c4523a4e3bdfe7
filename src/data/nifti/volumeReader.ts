/**
 * Reads images in worker threads while the network trains. An engine may hold the main thread for seconds, during which no
 * message is handled: so requests are handed out at once, not when a worker becomes free, and a batch that was asked for
 * before a training step is ready after it.
 */

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { aboutSubject, problem } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import { InputError } from "../../experiment/problems/problem";
import { reasonOf } from "../../messages/reasonOf";
import { WorkerThread } from "../../messages/workerThread";
import type { InputSettings } from "../batches/networkInput";
import { readInputs } from "../batches/readInputs";
import { imageName, type NamedImage, nameImage } from "../sources/nameImage";
import { ReadingError } from "./readingError";
import { VolumeCache } from "./volumeCache";
import {
  type ReadFailure,
  type ReadInputs,
  type ReadingMethods,
  type ReadRequest,
  readErrors,
} from "./volumeMessages";
import type { VoxelFacts } from "./voxelFacts";

export interface ReaderOptions {
  /** Worker threads (`n_proc`); 0 reads in the calling thread. */
  readonly workers: number;
  /** Memory for decoded volumes; a quarter of what is free when absent. */
  readonly cacheBytes?: number;
}

/** An image of a set: its file, and whose it is. */
export interface FoundImage extends NamedImage {
  readonly caps: string;
  readonly file: string;
}

export interface VolumeReader {
  /** The inputs that `parts` (from 0) of an image give. Throws an InputError or a ReadingError, which name participant, session and file. */
  read(
    image: FoundImage,
    parts: readonly number[],
    /** One for each part: their training transforms. */
    seeds?: readonly number[],
  ): Promise<readonly Float32Array[]>;
  /**
   * Reads and checks an image, and says what is to be kept of its voxels; null where these are not read. Throws as `read`
   * does.
   */
  check(image: FoundImage): Promise<VoxelFacts | null>;
  /** Ends the workers; reads under way fail. */
  close(): Promise<void>;
}

/** `settings` hold for all that is read. Costs nothing until the first read. */
export function openVolumeReader(settings: InputSettings, options: ReaderOptions): VolumeReader {
  const lanes =
    options.workers === 0
      ? [inThisThread(settings)]
      : Array.from({ length: Math.min(options.workers, availableParallelism()) }, () => inWorker(settings));
  const recentVolumes = settings.cut.mode === "image" ? 0 : lanes.length + 2;
  const cache = new VolumeCache(options.cacheBytes ?? process.availableMemory() / 4, recentVolumes);
  const ask = async (image: FoundImage, asked: Pick<ReadRequest, "parts" | "seeds" | "facts">) => {
    const lane = lanes.reduce((best, candidate) => (candidate.pending < best.pending ? candidate : best));
    const { file } = image;
    try {
      const answer = await lane.ask({ file, voxels: cache.get(file), ...asked });
      if (answer.decoded !== undefined) cache.put(answer.decoded);
      return answer;
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
    read: async (image, parts, seeds) => (await ask(image, { parts, seeds, facts: false })).inputs,
    check: async (image) => (await ask(image, { parts: [], seeds: undefined, facts: true })).facts,
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** Where requests are worked off, one after the other. */
interface Lane {
  /** Requests that have no answer yet. */
  readonly pending: number;
  ask(request: ReadRequest): Promise<ReadInputs>;
  close(): Promise<void>;
}

function inThisThread(settings: InputSettings): Lane {
  return {
    pending: 0,
    ask: (request) => readInputs(settings, request),
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
        ended: (failure) =>
          new ReadingError(problem("image.not-read", {}, { reason: failure ?? phrase("reader-ended") })),
        idles: true,
      });
    return thread;
  };
  return {
    get pending() {
      return thread?.requests.pending ?? 0;
    },
    ask: (request) => living().requests.ask("read", [request]),
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
