/**
 * Convolutions and transposed convolutions of any kernel, stride, padding, dilation and groups, one value an invocation (geometry.ts has
 * the formula). The terms of a tap are summed by themselves before the taps are: no long sum in one.
 */
import { kernel } from "../../kernel/kernel";
import type { Tape } from "../../tape/tape";
import { sizeOf, type Value } from "../../tape/value";
import { GEOMETRY, type Geometry, geometryNumbers, voxels } from "./geometry";

/** `biased` is 1 where a bias is added; else `bias` may be any array. */
const WHOLE = [...GEOMETRY, "biased"] as const;

const convolution = kernel(
  "convolution",
  {
    over: "elements",
    whole: WHOLE,
    buffers: { x: "read f32", weight: "read f32", bias: "read f32", y: "write f32" },
  },
  `let qw = index % shape.yw; let qh = (index / shape.yw) % shape.yh; let qd = (index / (shape.yw * shape.yh)) % shape.yd;
  let plane = index / (shape.yw * shape.yh * shape.yd);
  let o = plane % shape.out_channels; let n = plane / shape.out_channels;
  let first = n * shape.in_channels + (o / shape.out_of_group) * shape.in_of_group;
  let places = shape.xd * shape.xh * shape.xw;
  let taps = shape.kd * shape.kh * shape.kw;
  var sum = 0.0;
  for (var td = 0u; td < shape.kd; td++) {
    // Below the padding, a place wraps round to a number that is larger than any size.
    let d = qd * shape.sd + td * shape.dd - shape.pd; if (d >= shape.xd) { continue; }
    for (var th = 0u; th < shape.kh; th++) {
      let h = qh * shape.sh + th * shape.dh - shape.ph; if (h >= shape.xh) { continue; }
      for (var tw = 0u; tw < shape.kw; tw++) {
        let w = qw * shape.sw + tw * shape.dw - shape.pw; if (w >= shape.xw) { continue; }
        var from_x = first * places + (d * shape.xh + h) * shape.xw + w;
        var from_weight = o * shape.in_of_group * taps + (td * shape.kh + th) * shape.kw + tw;
        var part = 0.0;
        for (var i = 0u; i < shape.in_of_group; i++) {
          part += x[from_x] * weight[from_weight];
          from_x += places; from_weight += taps;
        }
        sum += part;
      }
    }
  }
  if (shape.biased == 1u) { sum += bias[o]; }
  y[index] = sum;`,
);

const transposed = kernel(
  "transposed convolution",
  {
    over: "elements",
    whole: WHOLE,
    buffers: { y: "read f32", weight: "read f32", bias: "read f32", x: "write f32" },
  },
  `let w = index % shape.xw; let h = (index / shape.xw) % shape.xh; let d = (index / (shape.xw * shape.xh)) % shape.xd;
  let plane = index / (shape.xw * shape.xh * shape.xd);
  let i = plane % shape.in_channels; let n = plane / shape.in_channels;
  let group_of_channels = i / shape.in_of_group;
  let first = n * shape.out_channels + group_of_channels * shape.out_of_group;
  let places = shape.yd * shape.yh * shape.yw;
  let taps = shape.kd * shape.kh * shape.kw;
  var sum = 0.0;
  for (var td = 0u; td < shape.kd; td++) {
    if (d + shape.pd < td * shape.dd) { break; }
    let far_d = d + shape.pd - td * shape.dd; let qd = far_d / shape.sd;
    if (far_d % shape.sd != 0u || qd >= shape.yd) { continue; }
    for (var th = 0u; th < shape.kh; th++) {
      if (h + shape.ph < th * shape.dh) { break; }
      let far_h = h + shape.ph - th * shape.dh; let qh = far_h / shape.sh;
      if (far_h % shape.sh != 0u || qh >= shape.yh) { continue; }
      for (var tw = 0u; tw < shape.kw; tw++) {
        if (w + shape.pw < tw * shape.dw) { break; }
        let far_w = w + shape.pw - tw * shape.dw; let qw = far_w / shape.sw;
        if (far_w % shape.sw != 0u || qw >= shape.yw) { continue; }
        var from_y = first * places + (qd * shape.yh + qh) * shape.yw + qw;
        var from_weight = (group_of_channels * shape.out_of_group * shape.in_of_group + i % shape.in_of_group) * taps
          + (td * shape.kh + th) * shape.kw + tw;
        var part = 0.0;
        for (var o = 0u; o < shape.out_of_group; o++) {
          part += y[from_y] * weight[from_weight];
          from_y += places; from_weight += shape.in_of_group * taps;
        }
        sum += part;
      }
    }
  }
  if (shape.biased == 1u) { sum += bias[i]; }
  x[index] = sum;`,
);

/**
 * y = x * w + b.
 * @param weight [outChannels, inChannels / groups, ...kernel]
 * @param bias [outChannels]
 */
export function convolve(
  tape: Tape,
  geometry: Geometry,
  {
    x,
    weight,
    bias,
    y,
  }: { readonly x: Value; readonly weight: Value; readonly bias?: Value | undefined; readonly y: Value },
): void {
  const whole = { ...geometryNumbers(geometry), biased: Number(bias !== undefined) };
  const work = (geometry.inChannels / geometry.groups) * voxels(geometry.kernel);
  tape.over(
    convolution,
    sizeOf(y),
    { buffers: { x, weight, bias: bias ?? weight, y }, whole, real: {} },
    work,
  );
}

/**
 * x[n, i, p] = b[i] + sum over o, t of w[o, i, t] * y[n, o, q] where p = q * stride + t * dilation - padding: the gradient of a convolution by
 * its input, and the forward pass of a transposed one.
 * @param weight [outChannels, inChannels / groups, ...kernel]
 * @param bias [inChannels]
 */
export function convolveTransposed(
  tape: Tape,
  geometry: Geometry,
  {
    y,
    weight,
    bias,
    x,
  }: { readonly y: Value; readonly weight: Value; readonly bias?: Value | undefined; readonly x: Value },
): void {
  const whole = { ...geometryNumbers(geometry), biased: Number(bias !== undefined) };
  const steps = voxels(geometry.stride);
  const work = ((geometry.outChannels / geometry.groups) * voxels(geometry.kernel)) / steps;
  tape.over(
    transposed,
    sizeOf(x),
    { buffers: { y, weight, bias: bias ?? weight, x }, whole, real: {} },
    Math.max(1, work),
  );
}
