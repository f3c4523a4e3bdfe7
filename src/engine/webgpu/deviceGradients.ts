/**
 * Gradients on the device. A tape writes them to one place; where several batches make an update, what the former batches gave is moved to
 * another place before the next one writes, and added up there.
 */
import { normOf } from "../../optimizer/clipping";
import { readBuffers } from "./device/buffers";
import type { DeviceNetwork } from "./deviceNetwork";
import { powerSums } from "./kernels/powerSum";
import { weightedAddition } from "./kernels/weightedAddition";
import { gradientKey } from "./pass";

const sumKey = (parameter: string) => `sum of gradients ${parameter}`;

export class DeviceGradients {
  readonly #on: DeviceNetwork;
  #where: "nowhere" | "in gradients" | "in sums" = "nowhere";
  /** Share of the gradients that wait to be added to the sums. */
  #waiting: number | undefined;

  constructor(on: DeviceNetwork) {
    this.#on = on;
  }

  /** Key of the array that holds what stands for the gradient of a parameter. */
  readonly keyOf = (parameter: string): string =>
    this.#where === "in sums" ? sumKey(parameter) : gradientKey(parameter);

  /** Before a tape writes gradients: moves those away that an update still needs. */
  makeWay(): void {
    if (this.#where !== "in gradients") return;
    const { device } = this.#on.computing;
    const { model } = this.#on;
    const encoder = device.createCommandEncoder();
    for (const name of model.trainable) {
      const elements = model.sizeOf(name);
      const [from, to] = [model.array(gradientKey(name), elements), model.array(sumKey(name), elements)];
      encoder.copyBufferToBuffer(from, 0, to, 0, elements * 4);
    }
    device.queue.submit([encoder.finish()]);
    this.#where = "in sums";
  }

  /** After a tape has written gradients. */
  written(): void {
    if (this.#where === "nowhere") this.#where = "in gradients";
  }

  /** What was written last is to be added to the sums with that share: of all parameters, whichever asks. */
  add(share: number): void {
    this.#waiting = share;
  }

  /** Adds what waits. */
  async settle(): Promise<void> {
    const share = this.#waiting;
    if (share === undefined) return;
    this.#waiting = undefined;
    const { model } = this.#on;
    const { replay, notes } = await this.#on.ready("sums of gradients", (tape) =>
      model.trainable.flatMap((name) => {
        const shape = model.shapes.get(name)!;
        const buffers = {
          sum: tape.ofModel(sumKey(name), shape),
          gradient: tape.ofModel(gradientKey(name), shape),
        };
        return tape.over(weightedAddition, model.sizeOf(name), { buffers, whole: {}, real: { share } });
      }),
    );
    replay.renumber(new Map(notes.map((dispatch) => [dispatch, [share]])));
    await replay.run();
  }

  /** No update needs them any more. */
  clear(): void {
    this.#where = "nowhere";
    this.#waiting = undefined;
  }

  /** The norm of order `type` of the gradients of these parameters together. */
  async norm(parameters: readonly string[], type: number): Promise<number> {
    if (parameters.length === 0) return 0;
    const { model, computing } = this.#on;
    const key = JSON.stringify([type, ...parameters.map(this.keyOf)]);
    const { replay, notes } = await this.#on.ready(`norm ${key}`, (tape) =>
      parameters.map((name) => {
        const sums = powerSums(tape, tape.ofModel(this.keyOf(name), model.shapes.get(name)!), type);
        return { name: tape.keep(sums, `norm ${name}`), elements: sums.shape[0]! };
      }),
    );
    await replay.run();
    const sums = await readBuffers(
      computing.device,
      notes.map(({ name, elements }) => ({ buffer: replay.own(name), elements })),
    );
    return normOf(
      sums.flatMap((values) => [...values]),
      type,
    );
  }

  /** A copy of the gradient of a parameter. */
  async read(parameter: string): Promise<Float32Array> {
    const elements = this.#on.model.sizeOf(parameter);
    const buffer = this.#on.model.array(this.keyOf(parameter), elements);
    const [values] = await readBuffers(this.#on.computing.device, [{ buffer, elements }]);
    return values!;
  }
}
