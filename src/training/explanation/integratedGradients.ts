/**
 * Integrated gradients (Sundararajan et al., 2017): the image times the mean of the gradient on the straight way from an empty
 * image (0 everywhere) to it, taken at the middles of equal steps. The sum of a map is, but for the size of the steps, the change
 * of the answer from the empty image to the real one: how far it is from that is told (completeness).
 */
import type { Predictor } from "../../engine/engine";

export const USUAL_STEPS = 50;

export interface IntegrationJob {
  readonly steps: number;
  readonly node: number;
  /** Called with the share of the steps that is done; false: end. */
  readonly proceed: (share: number) => boolean;
}

export interface Integrated {
  /** [N, channels, ...spatial], as the images. */
  readonly attributions: Float32Array;
  /** Of each sample: sum of the map, and f(image) - f(0). They are equal where the steps are small enough. */
  readonly sums: readonly { readonly attributed: number; readonly change: number }[];
}

/**
 * @param size N
 * @param images [N, channels, ...spatial]
 * @returns null after an end
 */
export async function integratedGradients(
  predictor: Predictor,
  size: number,
  images: Float32Array,
  { steps, node, proceed }: IntegrationJob,
): Promise<Integrated | null> {
  const gradients = new Float32Array(images.length);
  for (let step = 0; step < steps; step++) {
    if (!proceed(step / steps)) return null;
    const share = (step + 0.5) / steps;
    const image = images.map((value) => share * value);
    const { gradients: slopes } = await predictor.saliency({ size, inputs: { image } }, node, "input");
    for (let i = 0; i < gradients.length; i++) gradients[i]! += slopes.data[i]! / steps;
  }
  const attributions = gradients.map((gradient, i) => gradient * images[i]!);
  const width = images.length / size;
  const empty = await answers(predictor, 1, new Float32Array(width), node);
  const real = await answers(predictor, size, images.slice(), node);
  const sums = real.map((answer, sample) => {
    let attributed = 0;
    for (let i = sample * width; i < (sample + 1) * width; i++) attributed += attributions[i]!;
    return { attributed, change: answer - empty[0]! };
  });
  return { attributions, sums };
}

async function answers(predictor: Predictor, size: number, image: Float32Array, node: number) {
  const { data } = await predictor.predict({ size, inputs: { image } });
  return Array.from({ length: size }, (_, i) => data[(i * data.length) / size + node]!);
}
