/** Reads the safetensors files of the golden numbers: 8-byte header length, JSON header, raw little-endian data. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Tensor } from "../../src/network/weights/tensor";

const headerSchema = z.record(
  z.string(),
  z.looseObject({
    dtype: z.string(),
    shape: z.array(z.number()),
    data_offsets: z.tuple([z.number(), z.number()]),
  }),
);

export function readSafetensors(file: string): Map<string, Tensor> {
  const bytes = readFileSync(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const { __metadata__, ...header } = JSON.parse(bytes.subarray(8, 8 + headerLength).toString("utf8"));
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(headerSchema.parse(header))) {
    const start = bytes.byteOffset + 8 + headerLength + data_offsets[0];
    const raw = bytes.buffer.slice(start, start + data_offsets[1] - data_offsets[0]);
    tensors.set(name, toTensor(dtype, shape, raw));
  }
  return tensors;
}

function toTensor(dtype: string, shape: readonly number[], raw: ArrayBufferLike): Tensor {
  switch (dtype) {
    case "F32":
      return { dtype: "float32", shape, data: new Float32Array(raw) };
    case "F64":
      return { dtype: "float64", shape, data: new Float64Array(raw) };
    // Flags, which no state dict holds: as numbers 0 and 1.
    case "U8":
      return { dtype: "float32", shape, data: Float32Array.from(new Uint8Array(raw)) };
    case "I64":
      return { dtype: "int64", shape, data: new BigInt64Array(raw) };
    default:
      throw new Error(`safetensors dtype ${dtype} is not used by the golden numbers`);
  }
}
