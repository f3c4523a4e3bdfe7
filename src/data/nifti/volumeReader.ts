/**
 * Reads images in worker threads while the network trains. An engine may hold the main thread for seconds, during which no
 * message is handled: so requests are handed out at once, not when a worker becomes free, and a batch that was asked for
 * before a training step is ready after it.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { InputError } from "../../experiment/problem";
import type { InputSettings } from "../batches/networkInput";
import { readInputs } from "../batches/readInputs";
import { type NamedImage, nameImage } from "../sources/nameImage";
import { VolumeCache } from "./volumeCache";
import type { ReadReply, ReadRequest } from "./volumeMessages";

export interface ReaderOptions {
  /** Worker threads (`n_proc`); 0 reads in the calling thread. */
  readonly workers: number;
  /** Memory for decoded volumes; a quarter of what is free when absent. */
  readonly cacheBytes?: number;
}

/** An image of a set: its file, and whose it is. */
export interface ImageSource extends NamedImage {
  readonly caps: string;
  readonly file: string;
}

export interface VolumeReader {
  /**
   * The inputs that `parts` (from 0) of an image give; without parts the image is only read and checked. Throws an InputError that
   * names participant, session and file.
   */
  read(
    image: ImageSource,
    parts: readonly number[],
    /** One for each part: their training transforms. */
    seeds?: readonly number[],
  ): Promise<readonly Float32Array[]>;
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
  let requests = 0;
  return {
    async read(image, parts, seeds) {
      const lane = lanes.reduce((best, candidate) => (candidate.pending < best.pending ? candidate : best));
      const { file } = image;
      const reply = await lane.ask({ id: requests++, file, voxels: cache.get(file), parts, seeds });
      switch (reply.kind) {
        case "inputs":
          if (reply.decoded !== undefined) cache.put(reply.decoded);
          return reply.inputs;
        case "refused":
          throw nameImage(image, new InputError(reply.problems));
        case "failed":
          throw new Error(`Reading ${file} failed: ${reply.message}`);
      }
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** Where requests are worked off, one after the other. */
interface Lane {
  /** Requests that have no answer yet. */
  readonly pending: number;
  ask(request: ReadRequest): Promise<ReadReply>;
  close(): Promise<void>;
}

function inThisThread(settings: InputSettings): Lane {
  return {
    pending: 0,
    ask: (request) => readInputs(settings, request),
    close: async () => {},
  };
}

interface Waiting {
  readonly resolve: (reply: ReadReply) => void;
  readonly reject: (error: Error) => void;
}

function inWorker(settings: InputSettings): Lane {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;

  const start = () => {
    const started = new Worker(workerFile(), { workerData: settings, execArgv: [] });
    const fail = (message: string) => {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(new Error(message));
      waiting.clear();
    };
    started.on("message", (reply: ReadReply) => {
      waiting.get(reply.id)?.resolve(reply);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
    });
    started.on("error", (error) => fail(`A reading worker failed: ${error.message}`));
    started.on("exit", () => fail("A reading worker ended before it had read its images."));
    return started;
  };

  return {
    get pending() {
      return waiting.size;
    },
    ask(request) {
      worker ??= start();
      // Only work holds the process open, not a worker that waits for it.
      worker.ref();
      worker.postMessage(request);
      return new Promise((resolve, reject) => waiting.set(request.id, { resolve, reject }));
    },
    async close() {
      await worker?.terminate();
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
