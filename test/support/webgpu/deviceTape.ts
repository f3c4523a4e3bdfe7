/** Kernels and layers by themselves on a device: what is recorded is run once, and its arrays are read. */
import { readBuffers, storageBuffer, writeBuffer } from "../../../src/engine/webgpu/device/buffers";
import { Pass, type PassOptions, parameterKey, type Step } from "../../../src/engine/webgpu/pass";
import { Replay } from "../../../src/engine/webgpu/tape/replay";
import { Tape } from "../../../src/engine/webgpu/tape/tape";
import { sizeOf, type Value } from "../../../src/engine/webgpu/tape/value";
import { elementCount } from "../../../src/network/weights/tensor";

type Numbers = Float32Array | Uint32Array;

export interface TapeRun {
  /** Of the values that `record` gave, by its names. */
  readonly results: Readonly<Record<string, Float32Array<ArrayBuffer>>>;
  /** Names of the kernels, in their order. */
  readonly dispatches: readonly string[];
  /** Of the model after the run, by key. */
  readonly model: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

/**
 * @param record gives the values to be read
 * @param given what the tape's own arrays and those of the model hold before, by name and by key
 */
export async function runTape(
  device: GPUDevice,
  record: (tape: Tape) => Readonly<Record<string, Value>>,
  given: {
    readonly own?: Readonly<Record<string, Numbers>>;
    readonly model?: ReadonlyMap<string, Float32Array>;
  } = {},
): Promise<TapeRun> {
  const tape = new Tape();
  const values = Object.entries(record(tape));
  const names = values.map(([name, value]) => tape.keep(value, `result ${name}`));
  const model = new Map<string, { readonly buffer: GPUBuffer; readonly elements: number }>();
  const replay = await Replay.make(device, tape, {
    plan: () => {},
    ofModel(key, elements) {
      const known = model.get(key) ?? { buffer: storageBuffer(device, elements), elements };
      model.set(key, known);
      return known.buffer;
    },
  });
  for (const [name, data] of Object.entries(given.own ?? {})) replay.write(name, data);
  for (const [key, data] of given.model ?? []) {
    const array = model.get(key);
    if (array !== undefined) writeBuffer(device, array.buffer, data);
  }
  await replay.run();
  const read = await readBuffers(
    device,
    values.map(([, value], place) => ({ buffer: replay.own(names[place]!), elements: sizeOf(value) })),
  );
  const ofModel = await readBuffers(device, [...model.values()]);
  replay.dispose();
  for (const { buffer } of model.values()) buffer.destroy();
  return {
    dispatches: tape.dispatches.map(({ kernel }) => kernel.name),
    results: Object.fromEntries(values.map(([name], place) => [name, read[place]!])),
    model: new Map([...model.keys()].map((key, place) => [key, ofModel[place]!])),
  };
}

export interface LayerRun extends TapeRun {
  readonly output: Float32Array<ArrayBuffer>;
  readonly outputShape: readonly number[];
  /** By the input. */
  readonly dx: Float32Array<ArrayBuffer>;
}

/**
 * A layer forward and back.
 * @param record the layer, of the given input
 * @param given `dy` is the gradient by the output, or made of its size; parameters are by their names
 */
export async function runLayer(
  device: GPUDevice,
  record: (input: Value, pass: Pass) => Step,
  given: {
    readonly shape: readonly number[];
    readonly input: Float32Array;
    readonly dy: Float32Array | ((elements: number) => Float32Array);
    readonly parameters?: Readonly<Record<string, Float32Array>>;
  },
  options: Partial<PassOptions> = {},
): Promise<LayerRun> {
  const parameters = Object.entries(given.parameters ?? {});
  let outputShape: readonly number[] = [];
  const own: Record<string, Numbers> = { input: given.input };
  const run = await runTape(
    device,
    (tape) => {
      const pass = new Pass(tape, {
        mode: "training",
        form: "plain",
        trainable: new Set(parameters.map(([name]) => name)),
        answeredPools: new Set(),
        ...options,
      });
      const { output, backward } = record(tape.own("input", given.shape), pass);
      outputShape = output.shape;
      const elements = elementCount(outputShape);
      own.dy = typeof given.dy === "function" ? given.dy(elements) : given.dy;
      return { output, dx: backward(tape.own("dy", outputShape))() };
    },
    { own, model: new Map(parameters.map(([name, data]) => [parameterKey(name), data])) },
  );
  return { ...run, output: run.results.output!, dx: run.results.dx!, outputShape };
}
