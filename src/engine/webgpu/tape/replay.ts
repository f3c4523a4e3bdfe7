/** A tape on a device: its pipelines, buffers and bindings, made once and run for every batch. */
import { checked } from "../device/checked";
import { pipelineOf } from "../device/pipelines";
import { planMemory } from "./memoryPlan";
import { type Dispatch, MOST_WORK, type Tape } from "./tape";
import { sizeOf, type Value } from "./value";

/** A uniform begins at a multiple of this. */
const ALIGNMENT = 256;

interface Ready {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [number, number, number];
  readonly work: number;
}

export class Replay {
  readonly #device: GPUDevice;
  readonly #dispatches: readonly Ready[];
  readonly #own: ReadonlyMap<string, GPUBuffer>;
  readonly #all: readonly GPUBuffer[];
  /** Bytes on the device, the model's not among them. */
  readonly bytes: number;

  private constructor(
    device: GPUDevice,
    dispatches: readonly Ready[],
    own: ReadonlyMap<string, GPUBuffer>,
    all: readonly GPUBuffer[],
  ) {
    this.#device = device;
    this.#dispatches = dispatches;
    this.#own = own;
    this.#all = all;
    this.bytes = all.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param ofModel the buffer of an array of the model, by its key
   * @throws DeviceMemoryError, or Error where a kernel is wrong
   */
  static async make(device: GPUDevice, tape: Tape, ofModel: (key: string) => GPUBuffer): Promise<Replay> {
    const { dispatches } = tape;
    const pipelines = await Promise.all(dispatches.map(({ kernel }) => pipelineOf(device, kernel)));
    const all: GPUBuffer[] = [];
    const create = (elements: number): GPUBuffer => {
      const buffer = storageBuffer(device, elements);
      all.push(buffer);
      return buffer;
    };
    try {
      return await checked(device, () => {
        const plan = planMemory(dispatches);
        const passing = plan.buffers.map(create);
        const own = new Map<string, GPUBuffer>();
        const bufferOf = (value: Value): GPUBuffer => {
          const { place } = value;
          switch (place.kind) {
            case "passing":
              return passing[plan.bufferOf.get(place)!]!;
            case "model":
              return ofModel(place.key);
            case "own": {
              const buffer = own.get(place.name) ?? create(sizeOf(value));
              own.set(place.name, buffer);
              return buffer;
            }
          }
        };
        const uniforms = uniformsOf(device, dispatches);
        all.push(uniforms.buffer);
        const ready = dispatches.map(({ kernel, buffers, groups, work }, place): Ready => {
          const pipeline = pipelines[place]!;
          const resources = [
            { buffer: uniforms.buffer, ...uniforms.ranges[place]! },
            ...buffers.map((value) => ({ buffer: bufferOf(value) })),
          ];
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
        return new Replay(device, ready, own, all);
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

/** The numbers of all dispatches in one buffer. */
function uniformsOf(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
): { readonly buffer: GPUBuffer; readonly ranges: readonly { offset: number; size: number }[] } {
  const ranges: { offset: number; size: number }[] = [];
  let end = 0;
  for (const { whole, real } of dispatches) {
    const size = Math.ceil(((whole.length + real.length) * 4) / 16) * 16;
    ranges.push({ offset: end, size });
    end += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
  }
  const bytes = new DataView(new ArrayBuffer(Math.max(end, 16)));
  dispatches.forEach(({ whole, real }, place) => {
    const { offset } = ranges[place]!;
    whole.forEach((value, field) => bytes.setUint32(offset + 4 * field, value, true));
    real.forEach((value, field) => bytes.setFloat32(offset + 4 * (whole.length + field), value, true));
  });
  const buffer = device.createBuffer({
    label: "numbers of a tape",
    size: bytes.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  // Dawn takes no DataView.
  device.queue.writeBuffer(buffer, 0, bytes.buffer);
  return { buffer, ranges };
}

/** Room for four-byte elements. */
export function storageBuffer(device: GPUDevice, elements: number): GPUBuffer {
  return device.createBuffer({
    size: Math.max(16, Math.ceil(elements) * 4),
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
}

export function writeBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  data: Float32Array | Uint32Array | Int32Array,
): void {
  device.queue.writeBuffer(buffer, 0, data.buffer, data.byteOffset, data.byteLength);
}

/** A copy of the first so many elements of buffers, in one turn. @throws what the device says */
export async function readBuffers(
  device: GPUDevice,
  sources: readonly { readonly buffer: GPUBuffer; readonly elements: number }[],
): Promise<Float32Array<ArrayBuffer>[]> {
  if (sources.length === 0) return [];
  const offsets: number[] = [];
  let end = 0;
  for (const { elements } of sources) {
    offsets.push(end);
    end += Math.ceil((elements * 4) / 8) * 8;
  }
  const staging = await checked(device, () => {
    const buffer = device.createBuffer({
      size: end,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = device.createCommandEncoder();
    sources.forEach(({ buffer: source, elements }, place) => {
      encoder.copyBufferToBuffer(source, 0, buffer, offsets[place]!, elements * 4);
    });
    device.queue.submit([encoder.finish()]);
    return buffer;
  });
  try {
    await staging.mapAsync(GPUMapMode.READ);
    const range = staging.getMappedRange();
    return sources.map(({ elements }, place) => new Float32Array(range, offsets[place]!, elements).slice());
  } finally {
    staging.destroy();
  }
}
