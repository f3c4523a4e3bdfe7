/**
 * Grad-CAM (Selvaraju et al., 2017): the mean over the features of weight times feature, the weight of a feature being the mean
 * of the gradient of the answer by it; what speaks against the answer is set to 0; enlarged to the size of the input. ClinicaDL
 * takes the same mean, but in volumes it averages the gradient over two axes of three, and it keeps negative values.
 */

/**
 * @param activations features of one sample, [channels, ...spatial]
 * @param gradients of the answer by them, of the same shape
 * @param shape of both
 * @param size spatial size of the input
 * @returns a map of that size
 */
export function gradCam(
  activations: Float32Array,
  gradients: Float32Array,
  shape: readonly number[],
  size: readonly number[],
): Float32Array {
  const [channels = 0, ...spatial] = shape;
  const places = activations.length / channels;
  const map = new Float32Array(places);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * places;
    let weight = 0;
    for (let i = start; i < start + places; i++) weight += gradients[i]! / places;
    for (let i = 0; i < places; i++) map[i]! += (weight * activations[start + i]!) / channels;
  }
  return enlarge(
    map.map((value) => Math.max(0, value)),
    spatial,
    size,
  );
}

/** Linear along each axis, first on first and last on last entry (torch's interpolate, align_corners=True). */
export function enlarge(values: Float32Array, from: readonly number[], to: readonly number[]): Float32Array {
  let current = values;
  const shape = [...from];
  for (const [axis, length] of to.entries()) {
    current = enlargeAxis(current, shape, axis, length);
    shape[axis] = length;
  }
  return current;
}

function enlargeAxis(
  values: Float32Array,
  shape: readonly number[],
  axis: number,
  length: number,
): Float32Array {
  const old = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const outer = values.length / (old * inner);
  const result = new Float32Array(outer * length * inner);
  for (let to = 0; to < length; to++) {
    const place = length === 1 ? 0 : (to * (old - 1)) / (length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, old - 1);
    const share = place - below;
    for (let block = 0; block < outer; block++) {
      for (let i = 0; i < inner; i++) {
        const low = values[(block * old + below) * inner + i]!;
        const high = values[(block * old + above) * inner + i]!;
        result[(block * length + to) * inner + i] = low + share * (high - low);
      }
    }
  }
  return result;
}
