import type { AvgPool } from "../../../network/layers/avgPool";
import { elementCount } from "../../../network/weights/tensor";
import { kernel } from "../kernel/kernel";
import { byAxis, ofAxes, spatialOf } from "../kernels/threeAxes";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

const WHOLE = [...ofAxes("size", "windows", "window", "stride", "padding"), "counts_padding"] as const;

/** How many elements a window that begins at `at` (padding included) has on an axis, and which. */
const REACH = `
struct Reach { first: i32, end: i32 }
fn reach(window_number: u32, window: u32, stride: u32, padding: u32, size: u32) -> Reach {
  let at = i32(window_number * stride) - i32(padding);
  return Reach(max(at, 0), min(at + i32(window), i32(size)));
}
fn first_window(at: u32, window: u32, stride: u32) -> u32 { return select((at - window) / stride + 1u, 0u, at < window); }
fn windows_until(at: u32, stride: u32, windows: u32) -> u32 { return min(at / stride + 1u, windows); }`;

const RANGES = (i: string, j: string, k: string) => `
  let d = reach(${i}, shape.window_d, shape.stride_d, shape.padding_d, shape.size_d);
  let h = reach(${j}, shape.window_h, shape.stride_h, shape.padding_h, shape.size_h);
  let w = reach(${k}, shape.window_w, shape.stride_w, shape.padding_w, shape.size_w);
  let inside = u32((d.end - d.first) * (h.end - h.first) * (w.end - w.first));
  let places = select(inside, shape.window_d * shape.window_h * shape.window_w, shape.counts_padding == 1u);`;

const means = kernel(
  "AvgPool",
  { over: "elements", whole: WHOLE, buffers: { x: "read f32", y: "write f32" }, declarations: REACH },
  `let plane = index / (shape.windows_w * shape.windows_h * shape.windows_d);
  ${RANGES("(index / (shape.windows_w * shape.windows_h)) % shape.windows_d", "(index / shape.windows_w) % shape.windows_h", "index % shape.windows_w")}
  var sum = 0.0;
  for (var z = d.first; z < d.end; z++) {
    for (var y0 = h.first; y0 < h.end; y0++) {
      let row = ((plane * shape.size_d + u32(z)) * shape.size_h + u32(y0)) * shape.size_w;
      for (var x0 = w.first; x0 < w.end; x0++) { sum += x[row + u32(x0)]; }
    }
  }
  y[index] = sum / f32(places);`,
);

const gradients = kernel(
  "gradient of AvgPool",
  { over: "elements", whole: WHOLE, buffers: { dy: "read f32", dx: "write f32" }, declarations: REACH },
  `let plane = index / (shape.size_w * shape.size_h * shape.size_d);
  let at_w = index % shape.size_w + shape.padding_w;
  let at_h = (index / shape.size_w) % shape.size_h + shape.padding_h;
  let at_d = (index / (shape.size_w * shape.size_h)) % shape.size_d + shape.padding_d;
  let end_d = windows_until(at_d, shape.stride_d, shape.windows_d);
  let end_h = windows_until(at_h, shape.stride_h, shape.windows_h);
  let end_w = windows_until(at_w, shape.stride_w, shape.windows_w);
  var sum = 0.0;
  for (var i = first_window(at_d, shape.window_d, shape.stride_d); i < end_d; i++) {
    for (var j = first_window(at_h, shape.window_h, shape.stride_h); j < end_h; j++) {
      for (var k = first_window(at_w, shape.window_w, shape.stride_w); k < end_w; k++) {
        ${RANGES("i", "j", "k")}
        sum += dy[((plane * shape.windows_d + i) * shape.windows_h + j) * shape.windows_w + k] / f32(places);
      }
    }
  }
  dx[index] = sum;`,
);

/**
 * torch.nn.AvgPool2d / 3d: y[q] = sum of x over the window q / count[q], where the count is that of all places of the window
 * or, without `countIncludePad`, of those that are not padding. dx[p] = sum of dy[q] / count[q] over the windows that cover p.
 */
export function avgPool({ layer, input, pass }: LayerContext<AvgPool>): Step {
  const { kernel: window, stride, padding, countIncludePad } = layer;
  const [samples, channels, ...spatial] = input.shape;
  const windows = spatial.map(
    (size, axis) => Math.floor((size + 2 * padding[axis]! - window[axis]!) / stride[axis]!) + 1,
  );
  const whole = {
    ...byAxis("size", spatialOf(input.shape), 1),
    ...byAxis("windows", windows, 1),
    ...byAxis("window", window, 1),
    ...byAxis("stride", stride, 1),
    ...byAxis("padding", padding, 0),
    counts_padding: Number(countIncludePad),
  };
  const output = pass.tape.value("AvgPool", [samples!, channels!, ...windows]);
  const work = elementCount(window);
  pass.tape.over(means, sizeOf(output), { buffers: { x: input, y: output }, whole, real: {} }, work);
  return {
    output,
    backward: (dy: Value) => () => {
      const dx = pass.like("gradient of AvgPool", input);
      pass.tape.over(gradients, sizeOf(dx), { buffers: { dy, dx }, whole, real: {} }, work);
      return dx;
    },
  };
}
