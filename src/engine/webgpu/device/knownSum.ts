/** A small computation with a known answer: a card that gets it wrong must not train. */
import { sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";

const COUNT = 4096;

/** Each invocation adds i + (i + 1) + ... + (i + 15): whole numbers that float32 holds exactly, so that every card gives the same. */
const SUMS = `
@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  var sum = 0.0;
  for (var step = 0u; step < 16u; step++) { sum += values[id.x + step]; }
  sums[id.x] = sum;
}`;

/** @throws EngineError where `device` cannot be computed with, or errs */
export async function checkKnownSum(device: GPUDevice, name: string): Promise<void> {
  device.pushErrorScope("validation");
  const values = Float32Array.from({ length: COUNT + 16 }, (_, index) => index);
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const input = device.createBuffer({ size: values.byteLength, usage: STORAGE | COPY_DST });
  const output = device.createBuffer({ size: COUNT * 4, usage: STORAGE | COPY_SRC });
  const readable = device.createBuffer({ size: COUNT * 4, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(input, 0, values);
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code: SUMS }), entryPoint: "main" },
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [input, output].map((buffer, binding) => ({ binding, resource: { buffer } })),
    }),
  );
  pass.dispatchWorkgroups(COUNT / 64);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, readable, 0, COUNT * 4);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const sums = new Float32Array(readable.getMappedRange().slice(0));
  const error = await device.popErrorScope();
  if (error !== null) throw new EngineError(sentence`${name} cannot compute: ${error.message}`);
  for (const buffer of [input, output, readable]) buffer.destroy();
  // The sum of 16 numbers from i on is 16 i + 120.
  const wrong = sums.findIndex((sum, index) => sum !== 16 * index + 120);
  if (wrong >= 0) {
    throw new EngineError(
      sentence`${name} computes wrongly: a sum that is ${16 * wrong + 120} comes out as ${sums[wrong]!}. Install the newest driver of the card, or use the engine onnx.`,
    );
  }
}
