import { kernel } from "../kernel/kernel";

/** sum + share * gradient, in place. */
export const weightedAddition = kernel(
  "addition to a sum",
  { over: "elements", real: ["share"], buffers: { sum: "write f32", gradient: "read f32" } },
  "sum[index] = sum[index] + shape.share * gradient[index];",
);
