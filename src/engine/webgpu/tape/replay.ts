/** A tape on a device: its pipelines, buffers and bindings, made once and run for every batch. */

import { storageBuffer, writeBuffer } from "../device/buffers";
import { checked } from "../device/checked";
import { pipelineOf } from "../device/pipelines";
import { planMemory } from "./memoryPlan";
import { Numbers } from "./numbers";
import { MOST_WORK, type Tape } from "./tape";
import { sizeOf, type Value } from "./value";

interface Ready {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [number, number, number];
  readonly work: number;
}

/** What a tape asks of a device. */
export interface AskedMemory {
  /** Bytes of the largest array. */
  readonly largestArray: number;
  /** Bytes of all arrays that pass. */
  readonly bytes: number;
}

export interface ReplayOptions {
  /** The buffer of an array of the model, by its key. */
  readonly ofModel: (key: string, elements: number) => GPUBuffer;
  /** Called before anything is taken on the device. */
  readonly plan: (asked: AskedMemory) => void;
}

export class Replay {
  readonly #device: GPUDevice;
  readonly #dispatches: readonly Ready[];
  readonly #own: ReadonlyMap<string, GPUBuffer>;
  readonly #all: readonly GPUBuffer[];
  readonly #numbers: Numbers;
  /** Bytes on the device, the model's not among them. */
  readonly bytes: number;

  private constructor(
    device: GPUDevice,
    dispatches: readonly Ready[],
    own: ReadonlyMap<string, GPUBuffer>,
    numbers: Numbers,
    all: readonly GPUBuffer[],
  ) {
    this.#device = device;
    this.#dispatches = dispatches;
    this.#own = own;
    this.#numbers = numbers;
    this.#all = all;
    this.bytes = all.reduce((sum, { size }) => sum + size, 0);
  }

  /** @throws DeviceMemoryError, or Error where a kernel is wrong */
  static async make(
    device: GPUDevice,
    tape: Tape,
    { ofModel, plan: announce }: ReplayOptions,
  ): Promise<Replay> {
    const { dispatches } = tape;
    const plan = planMemory(dispatches, tape.kept);
    announce({
      largestArray: 4 * Math.max(0, ...dispatches.flatMap(({ buffers }) => buffers.map(sizeOf))),
      bytes: 4 * plan.buffers.reduce((sum, elements) => sum + elements, 0),
    });
    const pipelines = await Promise.all(dispatches.map(({ kernel }) => pipelineOf(device, kernel)));
    const all: GPUBuffer[] = [];
    const create = (elements: number): GPUBuffer => {
      const buffer = storageBuffer(device, elements);
      all.push(buffer);
      return buffer;
    };
    try {
      return await checked(device, () => {
        const passing = plan.buffers.map(create);
        const own = new Map<string, GPUBuffer>();
        const ownBuffer = (name: string, value: Value): GPUBuffer => {
          const buffer = own.get(name) ?? create(sizeOf(value));
          own.set(name, buffer);
          return buffer;
        };
        const bufferOf = (value: Value): GPUBuffer => {
          const { place } = value;
          switch (place.kind) {
            case "passing": {
              const name = tape.kept.get(place);
              return name === undefined ? passing[plan.bufferOf.get(place)!]! : ownBuffer(name, value);
            }
            case "model":
              return ofModel(place.key, sizeOf(value));
            case "own":
              return ownBuffer(place.name, value);
          }
        };
        const numbers = new Numbers(device, dispatches);
        all.push(numbers.buffer);
        const ready = dispatches.map(({ kernel, buffers, groups, work }, place): Ready => {
          const pipeline = pipelines[place]!;
          const resources = [numbers.of(place), ...buffers.map((value) => ({ buffer: bufferOf(value) }))];
          return {
            pipeline,
            groups,
            work,
            bindings: device.createBindGroup({
              label: kernel.name,
              layout: pipeline.getBindGroupLayout(0),
              entries: resources.map((resource, binding) => ({ binding, resource })),
            }),
          };
        });
        return new Replay(device, ready, own, numbers, all);
      });
    } catch (error) {
      for (const buffer of all) buffer.destroy();
      throw error;
    }
  }

  /** The array of that name, to be read after a run. */
  own(name: string): GPUBuffer {
    const buffer = this.#own.get(name);
    if (buffer === undefined) throw new Error(`The tape has no array called ${name}.`);
    return buffer;
  }

  /** Writes an array before a run; one that no dispatch takes is passed over. */
  write(name: string, data: Float32Array | Uint32Array | Int32Array): void {
    const buffer = this.#own.get(name);
    if (buffer !== undefined) writeBuffer(this.#device, buffer, data);
  }

  /** Other real numbers for dispatches, by their places on the tape. */
  renumber(real: ReadonlyMap<number, readonly number[]>): void {
    this.#numbers.write(real);
  }

  /** Hands all dispatches to the device, in parts that it is done with soon. @throws what the device says */
  async run(): Promise<void> {
    const device = this.#device;
    await checked(device, () => {
      for (const part of parts(this.#dispatches)) {
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        for (const { pipeline, bindings, groups } of part) {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bindings);
          pass.dispatchWorkgroups(...groups);
        }
        pass.end();
        device.queue.submit([encoder.finish()]);
      }
    });
  }

  dispose(): void {
    for (const buffer of this.#all) buffer.destroy();
  }
}

/** Dispatches that go to the device together: Windows counts its two seconds for all of them. */
function parts(dispatches: readonly Ready[]): readonly (readonly Ready[])[] {
  const all: Ready[][] = [[]];
  let work = 0;
  for (const dispatch of dispatches) {
    if (work > 0 && work + dispatch.work > MOST_WORK) {
      all.push([]);
      work = 0;
    }
    all.at(-1)!.push(dispatch);
    work += dispatch.work;
  }
  return all;
}
