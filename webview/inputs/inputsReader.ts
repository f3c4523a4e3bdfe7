/** Reads what is to be seen of a plan, an image and one input of it; what was asked for before is called off. */
import type { Answer, Cancel, Request } from "../../src/messages/contract";
import { Newest } from "../../src/messages/newest";
import { Requests } from "../../src/messages/requests";
import { Refusal, refusals } from "../shared/refusal";
import type { LayerAnswer } from "../shared/volume/layers/messages";
import type { InputProblem, InputsMethods } from "./messages";
import type { InputsStore } from "./store";

export class InputsReader {
  readonly #store: InputsStore;
  readonly #changed: () => void;
  readonly #requests: Requests<InputsMethods, readonly InputProblem[]>;
  readonly #images = new Newest();
  readonly #stored = new Newest();
  readonly #inputs = new Newest();

  /** `post` carries requests to the editor. What is read goes to `store`, and `changed` is called. */
  constructor(
    store: InputsStore,
    post: (message: Request<InputsMethods> | Cancel) => void,
    changed: () => void,
  ) {
    this.#store = store;
    this.#changed = changed;
    this.#requests = new Requests(post, refusals());
  }

  take(answer: Answer<readonly InputProblem[]>): void {
    this.#requests.take(answer);
  }

  /** The images of another plan have other numbers. */
  cancel(): void {
    this.#images.cancel();
    this.#stored.cancel();
    this.#inputs.cancel();
  }

  readImage(image: number): void {
    void this.#read(this.#images, async (signal) => {
      const answer = await this.#requests.ask("readImage", [image], { signal });
      this.#store.takeImage(image, answer);
    });
  }

  readStored(image: number): void {
    void this.#read(this.#stored, async (signal) => {
      const answer = await this.#requests.ask("readStored", [image], { signal });
      this.#store.takeStored(image, answer);
    });
  }

  /** `seed`: of the training transforms; null for none. */
  readInput(image: number, part: number, seed: number | null): void {
    void this.#read(this.#inputs, async (signal) => {
      const answer = await this.#requests.ask("readInput", [image, part, seed], { signal });
      this.#store.takeInput(image, part, answer);
    });
  }

  openLayer(uri: string, volume: number): Promise<LayerAnswer> {
    return this.#requests.ask("openLayer", [uri, volume]);
  }

  async #read(reading: Newest, read: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const signal = reading.begin();
    try {
      await read(signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#store.refused = error.faults;
    }
    this.#changed();
  }
}
