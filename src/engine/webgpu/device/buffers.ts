/** Arrays on a device, written and read. */
import { checked } from "./checked";

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
