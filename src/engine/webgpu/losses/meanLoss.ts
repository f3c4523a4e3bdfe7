/** Losses that are a mean over all elements of a function of e = output - target. */
import type { LossOptions } from "../../../statistics/losses/loss";
import { type Kernel, kernel } from "../kernel/kernel";
import { NOT_A_NUMBER } from "../kernel/snippets";
import { CHUNK_SUMS, CHUNK_WORK, chunkBody, chunkGroup, chunksOf, total } from "../kernels/total";
import { sizeOf } from "../tape/value";
import { type Comparison, type Loss, lossValue } from "./loss";

export type MeanLoss<Option extends string> = Kernel<
  "elements",
  "share" | Option,
  { output: "read f32"; wanted: "read f32"; gradient: "write f32"; parts: "write f32" }
>;

/**
 * @param options numbers of the loss, which the formulas read as `shape.name`
 * @param value expression of `e`: what the loss is the mean of
 * @param slope expression of `e`: its derivative; both NaN where e is
 */
export function meanLoss<const Option extends keyof LossOptions & string = never>(
  name: string,
  {
    options = [],
    value,
    slope,
  }: { readonly options?: readonly Option[]; readonly value: string; readonly slope: string },
): MeanLoss<Option> {
  return kernel(
    name,
    {
      ...chunkGroup,
      whole: ["elements"],
      real: ["share", ...options],
      buffers: { output: "read f32", wanted: "read f32", gradient: "write f32", parts: "write f32" },
      declarations: `${NOT_A_NUMBER}\n${CHUNK_SUMS}`,
    },
    chunkBody(
      `let e = output[element] - wanted[element];
      gradient[element] = shape.share * (${slope});
      sum += ${value};`,
      "parts[group.z] = sums[0];",
    ),
  );
}

/** The mean and its gradient, slope / n, in one reading. @param real the numbers of the loss */
export function recordMeanLoss<Option extends string>(
  kernelOfLoss: MeanLoss<Option>,
  { output, target, pass }: Comparison,
  real: { readonly [Name in Option]: number },
): Loss {
  const { tape } = pass;
  const elements = sizeOf(output);
  const share = 1 / elements;
  const gradient = pass.like("gradient of the loss", output);
  const parts = tape.value("parts of the loss", [chunksOf(elements)]);
  tape.groups(
    kernelOfLoss,
    [1, 1, chunksOf(elements)],
    { buffers: { output, wanted: target, gradient, parts }, whole: { elements }, real: { ...real, share } },
    CHUNK_WORK,
  );
  const value = lossValue(pass);
  total(tape, parts, value, share);
  return { value, gradient };
}
