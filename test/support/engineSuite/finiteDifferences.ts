/** Derivatives of a loss by differences, for checking gradients without trusting any formula. */
import type { Batch, Trainer } from "../../../src/engine/engine";
import type { FloatTensor, StateDict, Tensor } from "../../../src/network/weights/tensor";

/** Distance by which parameters are moved: a compromise between curvature (h^2) and the rounding of the loss (1 / h). */
const STEP = 2 ** -7;
/** A loss near 1 that was summed up in float32 is off by a few units in its last place. */
const LOSS_ROUNDING = 8 * 2 ** -24;

/** +1 or -1 for each element of each gradient, in an order that depends on `salt`. */
export function directionLike(gradients: StateDict, salt: number): ReadonlyMap<string, Float32Array> {
  let bits = 0x9e3779b9 ^ Math.imul(salt, 0x85ebca6b);
  const sign = () => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return bits < 0 ? -1 : 1;
  };
  return new Map(
    [...gradients].map(([name, { data }]) => [name, Float32Array.from({ length: data.length }, sign)]),
  );
}

/** Sum over all elements of gradient times direction. */
export function innerProduct(gradients: StateDict, direction: ReadonlyMap<string, Float32Array>): number {
  let sum = 0;
  for (const [name, { data }] of gradients) {
    direction.get(name)!.forEach((step, index) => {
      sum += step * Number(data[index]);
    });
  }
  return sum;
}

export interface Slope {
  readonly value: number;
  /** What curvature and rounding may have added. */
  readonly uncertainty: number;
}

/**
 * Derivative of the training loss along `direction` at `state`: central differences at two distances, extrapolated to
 * distance 0 (Richardson). Their difference says how much curvature there is.
 */
export async function directionalDerivative(
  model: Trainer,
  batch: Batch,
  state: StateDict,
  direction: ReadonlyMap<string, Float32Array>,
): Promise<Slope> {
  const { optimizer } = await model.state();
  let largest = 1;
  const lossAt = async (distance: number) => {
    await model.load({ parameters: moved(state, direction, distance), optimizer, batches: 0 });
    const loss = await model.accumulate(batch);
    largest = Math.max(largest, loss);
    return loss;
  };
  const difference = async (step: number) => ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
  const coarse = await difference(STEP);
  const fine = await difference(STEP / 2);
  return {
    value: (4 * fine - coarse) / 3,
    uncertainty: Math.abs(coarse - fine) + (largest * LOSS_ROUNDING) / STEP,
  };
}

function moved(state: StateDict, direction: ReadonlyMap<string, Float32Array>, distance: number): StateDict {
  return new Map(
    [...state].map(([name, tensor]): [string, Tensor] => {
      const step = direction.get(name);
      return [name, step === undefined ? tensor : movedTensor(tensor, step, distance)];
    }),
  );
}

function movedTensor({ shape, data }: Tensor, step: Float32Array, distance: number): FloatTensor {
  const values = Float32Array.from(step, (sign, index) => Number(data[index]) + distance * sign);
  return { dtype: "float32", shape, data: values };
}
