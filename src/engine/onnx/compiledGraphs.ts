/** Graphs and the sessions that run them, made when they are first needed and kept. */
import { GraphSession } from "./session";

/** A graph of one batch size and the session that runs it. */
export interface Compiled<Graph> {
  readonly graph: Graph;
  readonly session: GraphSession;
}

/** Input elements of a batch from which on a session is opened sooner than it computes once. */
const LARGE_BATCH = 1 << 22;

/**
 * A session keeps the memory that a run has needed for the next one. Sessions of small batches all stay open; of those of
 * large batches, which hold gigabytes, a model has one open at a time: for training, for a shorter last batch, or for
 * evaluation.
 */
export class LargeSession {
  #close: () => Promise<void> = async () => {};

  /** Closes the session that is open. The next one is closed by `close`. */
  async replace(close: () => Promise<void>): Promise<void> {
    const closeFormer = this.#close;
    this.#close = close;
    await closeFormer();
  }
}

/** The graphs of one kind. */
export class CompiledGraphs<Graph extends { readonly model: Uint8Array }> {
  readonly #entries = new Map<string, Promise<Compiled<Graph>>>();
  readonly #threads: number;
  readonly #large: LargeSession;

  constructor(threads: number, large: LargeSession) {
    this.#threads = threads;
    this.#large = large;
  }

  /**
   * The graph for batches of `batchSize` samples of `sampleLength` elements, built at the first call.
   * @param variant tells apart graphs of one batch size
   */
  async get(
    batchSize: number,
    sampleLength: number,
    build: () => Graph,
    variant = "",
  ): Promise<Compiled<Graph>> {
    const key = `${batchSize} ${variant}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    if (batchSize * sampleLength >= LARGE_BATCH) await this.#large.replace(() => this.#close(key));
    const entry = this.#compile(batchSize, build);
    this.#entries.set(key, entry);
    // A failed attempt is not kept: the next one may find more memory.
    entry.catch(() => this.#entries.delete(key));
    return entry;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((key) => this.#close(key)));
  }

  async #compile(batchSize: number, build: () => Graph): Promise<Compiled<Graph>> {
    const graph = build();
    return { graph, session: await GraphSession.open(graph.model, batchSize, this.#threads) };
  }

  async #close(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    await (await entry)?.session.dispose();
  }
}
