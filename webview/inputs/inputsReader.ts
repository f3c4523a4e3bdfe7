/** Reads what is to be seen of a plan, an image and one input of it; what was asked for before is called off. */
import type { Answer, Cancel, Request } from "../../src/messages/contract";
import { Newest } from "../../src/messages/newest";
import { Requests } from "../../src/messages/requests";
import { Refusal, refusals } from "../shared/refusal";
import type { LayerAnswer } from "../shared/volume/layers/messages";
import type { AskedDraw, InputProblem, InputsMethods } from "./messages";
import type { InputsStore } from "./store";

export class InputsReader {
  readonly #store: InputsStore;
  readonly #changed: () => void;
  readonly #requests: Requests<InputsMethods, readonly InputProblem[]>;
  readonly #images = new Newest();
  readonly #stored = new Newest();
  readonly #inputs = new Newest();
  readonly #draws = new Newest();

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
    this.#draws.cancel();
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

  readInput(image: number, part: number): void {
    void this.#read(this.#inputs, async (signal) => {
      const answer = await this.#requests.ask("readInput", [image, part], { signal });
      this.#store.takeInput(image, part, answer);
    });
  }

  /** One draw after the other, so that each is seen as soon as it is made. */
  readDraws(image: number, part: number, asked: readonly AskedDraw[]): void {
    void this.#read(this.#draws, async (signal) => {
      for (const one of asked) {
        const answer = await this.#requests.ask("readDraw", [image, part, one], { signal });
        this.#store.takeDraw(answer);
        if (answer === null) return;
        this.#changed();
      }
    });
  }

  /** Nobody looks at them any more. */
  cancelDraws(): void {
    this.#draws.cancel();
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
