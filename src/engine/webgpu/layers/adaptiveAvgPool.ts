import type { AdaptiveAvgPool } from "../../../network/layers/adaptiveAvgPool";
import { kernel } from "../kernel/kernel";
import { spatialOf } from "../kernels/threeAxes";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import type { Tape } from "../tape/tape";
import { sizeOf, type Value } from "../tape/value";

const WHOLE = ["after", "size", "windows"] as const;

/** Where window i of the axis begins and ends; products of sizes stay far below 2^32. */
const WINDOW = `
fn begins(i: u32) -> u32 { return i * shape.size / shape.windows; }
fn ends(i: u32) -> u32 { return ((i + 1u) * shape.size + shape.windows - 1u) / shape.windows; }`;

const means = kernel(
  "means along an axis",
  { over: "elements", whole: WHOLE, buffers: { x: "read f32", y: "write f32" }, declarations: WINDOW },
  `let column = index % shape.after;
  let i = (index / shape.after) % shape.windows;
  let before = index / (shape.after * shape.windows);
  var sum = 0.0;
  for (var p = begins(i); p < ends(i); p++) { sum += x[(before * shape.size + p) * shape.after + column]; }
  y[index] = sum / f32(ends(i) - begins(i));`,
);

const gradients = kernel(
  "gradient of means along an axis",
  { over: "elements", whole: WHOLE, buffers: { dy: "read f32", dx: "write f32" }, declarations: WINDOW },
  `let column = index % shape.after;
  let p = (index / shape.after) % shape.size;
  let before = index / (shape.after * shape.size);
  var sum = 0.0;
  for (var i = 0u; i < shape.windows; i++) {
    if (p >= begins(i) && p < ends(i)) { sum += dy[(before * shape.windows + i) * shape.after + column] / f32(ends(i) - begins(i)); }
  }
  dx[index] = sum;`,
);

/**
 * torch.nn.AdaptiveAvgPool2d / 3d: output i of an axis averages floor(i in / out) .. ceil((i + 1) in / out). A mean over a box is the mean
 * of means along its axes, so each axis goes by itself; a gradient goes back through each of them.
 */
export function adaptiveAvgPool({ layer: { outputSize }, input, pass }: LayerContext<AdaptiveAvgPool>): Step {
  const { tape } = pass;
  const axes = spatialOf(input.shape).map((_, axis) => axis);
  const output = axes.reduce((value, axis) => meansAlong(tape, value, axis, outputSize[axis]!), input);
  return {
    output,
    backward: (gradient) => () =>
      axes.reduceRight(
        (value, axis) => gradientAlong(tape, value, axis, spatialOf(input.shape)[axis]!),
        gradient,
      ),
  };
}

function meansAlong(tape: Tape, x: Value, axis: number, windows: number): Value {
  const size = spatialOf(x.shape)[axis]!;
  const y = tape.value("means along an axis", resized(x.shape, axis, windows));
  const whole = { after: after(x.shape, axis), size, windows };
  tape.over(means, sizeOf(y), { buffers: { x, y }, whole, real: {} }, Math.ceil(size / windows));
  return y;
}

function gradientAlong(tape: Tape, dy: Value, axis: number, size: number): Value {
  const windows = spatialOf(dy.shape)[axis]!;
  const dx = tape.value("gradient of means along an axis", resized(dy.shape, axis, size));
  const whole = { after: after(dy.shape, axis), size, windows };
  tape.over(gradients, sizeOf(dx), { buffers: { dy, dx }, whole, real: {} }, windows);
  return dx;
}

const resized = (shape: readonly number[], axis: number, size: number) => shape.with(axis + 2, size);

/** Elements from one place on the axis to the next. */
const after = (shape: readonly number[], axis: number) =>
  shape.slice(axis + 3).reduce((product, size) => product * size, 1);
