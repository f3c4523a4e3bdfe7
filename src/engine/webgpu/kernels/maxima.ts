/**
 * Maximum of each window with its place, and the way back. One invocation an element of what is made, which it gathers: a window looks at
 * its elements, an element at the windows that cover it. So nothing is written twice, and sums have one order.
 */
import type { PerAxis } from "../../../network/shapes/axes";
import { kernel } from "../kernel/kernel";
import { NOT_A_NUMBER } from "../kernel/snippets";
import type { Pass } from "../pass";
import { sizeOf, type Value } from "../tape/value";
import type { PoolRecord } from "./poolRecord";
import { byAxis, ofAxes, spatialOf } from "./threeAxes";

/** Numbers of `maximaBody`. */
export const MAXIMA_SIZES = [...ofAxes("size", "windows", "window", "stride", "before"), "zeros"] as const;

/**
 * Body of a kernel over windows, which writes `y` and `positions`: the first of equal maxima wins, and the last NaN, as in PyTorch. Needs
 * NOT_A_NUMBER.
 * @param value expression of the pooled value at `place`
 * @param before what stands before, once `plane` is known
 */
export const maximaBody = (value: string, before = ""): string => `
  let plane = index / (shape.windows_w * shape.windows_h * shape.windows_d);
  ${before}
  let w0 = i32((index % shape.windows_w) * shape.stride_w) - i32(shape.before_w);
  let h0 = i32(((index / shape.windows_w) % shape.windows_h) * shape.stride_h) - i32(shape.before_h);
  let d0 = i32(((index / (shape.windows_w * shape.windows_h)) % shape.windows_d) * shape.stride_d) - i32(shape.before_d);
  let padded = shape.zeros == 1u;
  var best = 0.0;
  var at = 0u;
  var found = false;
  for (var kd = 0; kd < i32(shape.window_d); kd++) {
    let d = d0 + kd;
    let has_d = d >= 0 && d < i32(shape.size_d);
    if (!padded && !has_d) { continue; }
    for (var kh = 0; kh < i32(shape.window_h); kh++) {
      let h = h0 + kh;
      let has_h = has_d && h >= 0 && h < i32(shape.size_h);
      if (!padded && !has_h) { continue; }
      for (var kw = 0; kw < i32(shape.window_w); kw++) {
        let w = w0 + kw;
        let has = has_h && w >= 0 && w < i32(shape.size_w);
        if (!padded && !has) { continue; }
        var v = 0.0;
        if (has) {
          let place = ((plane * shape.size_d + u32(d)) * shape.size_h + u32(h)) * shape.size_w + u32(w);
          v = ${value};
        }
        if (!found || is_nan(v) || (v > best && !is_nan(best))) {
          found = true;
          best = v;
          let front = select(vec3i(), vec3i(i32(shape.before_d), i32(shape.before_h), i32(shape.before_w)), padded);
          let rows = shape.size_h + u32(front.y);
          let columns = shape.size_w + u32(front.z);
          at = (u32(d + front.x) * rows + u32(h + front.y)) * columns + u32(w + front.z);
        }
      }
    }
  }
  y[index] = best;
  positions[index] = at;`;

const maxima = kernel(
  "maxima",
  {
    over: "elements",
    whole: MAXIMA_SIZES,
    buffers: { x: "read f32", y: "write f32", positions: "write u32" },
    declarations: NOT_A_NUMBER,
  },
  maximaBody("x[place]"),
);

/** Numbers of `putBackBody`. */
export const PUT_BACK_SIZES = [
  ...ofAxes("size", "windows", "window", "stride", "start", "front"),
  "summed",
] as const;

/** Functions of `putBackBody`. */
export const PUT_BACK_FUNCTIONS = `
fn first_window(at: u32, window: u32, stride: u32) -> u32 { return select((at - window) / stride + 1u, 0u, at < window); }
fn windows_until(at: u32, stride: u32, windows: u32) -> u32 { return min(at / stride + 1u, windows); }`;

/**
 * Body of a kernel over the elements of a map: `result` is made of the `values` of the windows whose maximum stood there, by `positions`: all
 * of them together, or the last one, in the order of memory, as PyTorch's unpooling leaves it. 0 where there is none.
 * @param last what is done with `result`; `plane` is known
 */
export const putBackBody = (last: string): string => `
  let plane = index / (shape.size_w * shape.size_h * shape.size_d);
  let w = index % shape.size_w + shape.front_w;
  let h = (index / shape.size_w) % shape.size_h + shape.front_h;
  let d = (index / (shape.size_w * shape.size_h)) % shape.size_d + shape.front_d;
  let at = (d * (shape.size_h + shape.front_h) + h) * (shape.size_w + shape.front_w) + w;
  var result = 0.0;
  let end_d = windows_until(d + shape.start_d, shape.stride_d, shape.windows_d);
  let end_h = windows_until(h + shape.start_h, shape.stride_h, shape.windows_h);
  let end_w = windows_until(w + shape.start_w, shape.stride_w, shape.windows_w);
  for (var i = first_window(d + shape.start_d, shape.window_d, shape.stride_d); i < end_d; i++) {
    for (var j = first_window(h + shape.start_h, shape.window_h, shape.stride_h); j < end_h; j++) {
      for (var k = first_window(w + shape.start_w, shape.window_w, shape.stride_w); k < end_w; k++) {
        let q = ((plane * shape.windows_d + i) * shape.windows_h + j) * shape.windows_w + k;
        if (positions[q] == at) { if (shape.summed == 1u) { result += values[q]; } else { result = values[q]; } }
      }
    }
  }
  ${last}`;

const putBack = kernel(
  "values put back",
  {
    over: "elements",
    whole: PUT_BACK_SIZES,
    buffers: { values: "read f32", positions: "read u32", map: "write f32" },
    declarations: PUT_BACK_FUNCTIONS,
  },
  putBackBody("map[index] = result;"),
);

/** Numbers of `foundPlace`. */
export const PLACE_SIZES = ofAxes("size", "front");

/** Finds the `place` in a map of the position `at` in `plane`, and does `inside` with it unless it is in the planes in front. */
export const foundPlace = (inside: string): string => `
  let columns = shape.size_w + shape.front_w;
  let rows = shape.size_h + shape.front_h;
  let w = at % columns;
  let h = (at / columns) % rows;
  let d = at / (columns * rows);
  if (w >= shape.front_w && h >= shape.front_h && d >= shape.front_d) {
    let place = ((plane * shape.size_d + d - shape.front_d) * shape.size_h + h - shape.front_h) * shape.size_w + w - shape.front_w;
    ${inside}
  }`;

/** For each window what a map has where the maximum stood; 0 where that is in the planes in front of it. */
const takeOut = kernel(
  "values taken out",
  {
    over: "elements",
    whole: [...PLACE_SIZES, "windows"],
    buffers: { map: "read f32", positions: "read u32", values: "write f32" },
  },
  `let at = positions[index];
  let plane = index / shape.windows;
  var value = 0.0;
  ${foundPlace("value = map[place];")}
  values[index] = value;`,
);

export interface Pooling {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  /** Planes before each axis (and, of `absent` ones, as many after it). */
  readonly before: PerAxis;
  /** What those planes hold: zeros that take part, or nothing. */
  readonly padding: "zeros" | "absent";
}

/** What is pooled, and the arrays that it is pooled into. */
export interface PoolPlan {
  readonly output: Value;
  readonly record: PoolRecord;
  /** Numbers of `maximaBody`. */
  readonly whole: { readonly [Name in (typeof MAXIMA_SIZES)[number]]: number };
  /** Of each window. */
  readonly work: number;
}

/** The windows of a map of `inputShape` [N, channels, ...spatial]. */
export function planPool(
  { tape }: Pass,
  inputShape: readonly number[],
  { kernel: window, stride, before, padding }: Pooling,
): PoolPlan {
  const [samples, channels, ...spatial] = inputShape;
  const zeros = padding === "zeros";
  const none = before.map(() => 0);
  const after = zeros ? none : before;
  const windows = spatial.map(
    (size, axis) => Math.floor((size + before[axis]! + after[axis]! - window[axis]!) / stride[axis]!) + 1,
  );
  const shape = [samples!, channels!, ...windows];
  return {
    output: tape.value("maxima", shape),
    whole: {
      ...byAxis("size", spatial, 1),
      ...byAxis("windows", windows, 1),
      ...byAxis("window", window, 1),
      ...byAxis("stride", stride, 1),
      ...byAxis("before", before, 0),
      zeros: Number(zeros),
    },
    work: window.reduce((product, size) => product * size, 1),
    record: {
      positions: tape.value("positions of maxima", shape, "u32"),
      shape: [samples!, channels!, ...spatial.map((size, axis) => size + (zeros ? before[axis]! : 0))],
      padding: zeros ? before : none,
      kernel: window,
      stride,
      start: zeros ? none : before,
    },
  };
}

/** The maximum of each window of `input` [N, channels, ...spatial]. */
export function poolMaxima(
  pass: Pass,
  input: Value,
  pooling: Pooling,
): { readonly output: Value; readonly record: PoolRecord } {
  const { output, record, whole, work } = planPool(pass, input.shape, pooling);
  const { positions } = record;
  pass.tape.over(
    maxima,
    sizeOf(output),
    { buffers: { x: input, y: output, positions }, whole, real: {} },
    work,
  );
  return { output, record };
}

/** A map of the record's shape without the planes in front, with `values` [N, channels, ...windows] where the maxima stood. */
export function putBackMaxima(
  { tape }: Pass,
  values: Value,
  record: PoolRecord,
  several: "summed" | "last",
): Value {
  const { shape, whole, work } = putBackPlan(record, several);
  const map = tape.value("map of maxima", shape);
  const { positions } = record;
  tape.over(putBack, sizeOf(map), { buffers: { values, positions, map }, whole, real: {} }, work);
  return map;
}

/** The shape of the map that was pooled, the numbers of `putBackBody`, and its work for each element. */
export function putBackPlan(
  { positions, shape, padding, kernel: window, stride, start }: PoolRecord,
  several: "summed" | "last",
) {
  const spatial = spatialOf(shape).map((size, axis) => size - padding[axis]!);
  return {
    shape: [...shape.slice(0, 2), ...spatial],
    whole: {
      ...byAxis("size", spatial, 1),
      ...byAxis("windows", spatialOf(positions.shape), 1),
      ...byAxis("window", window, 1),
      ...byAxis("stride", stride, 1),
      ...byAxis("start", start, 0),
      ...byAxis("front", padding, 0),
      summed: Number(several === "summed"),
    },
    work: window.reduce((product, size, axis) => product * Math.ceil(size / stride[axis]!), 2),
  };
}

/** What `map` has where the maxima stood: [N, channels, ...windows]. */
export function takeOutMaxima({ tape }: Pass, map: Value, { positions, padding }: PoolRecord): Value {
  const values = tape.value("values at maxima", positions.shape);
  tape.over(takeOut, sizeOf(values), {
    buffers: { map, positions, values },
    whole: {
      ...byAxis("size", spatialOf(map.shape), 1),
      ...byAxis("front", padding, 0),
      windows: spatialOf(positions.shape).reduce((product, size) => product * size, 1),
    },
    real: {},
  });
  return values;
}
