/**
 * Mean structural similarity (Wang et al., 2004) with ClinicaDL's window: gaussian, 11 wide, sigma 1.5, zeros outside the
 * image, C1 = 0.01^2, C2 = 0.03^2. Three-dimensional for volumes, two-dimensional for images, channel by channel.
 *
 * The window is a product of one gaussian an axis, so each local mean is three (or two) passes of 11 weights instead of one
 * of 1331. Four local means are enough: of x, y, x^2 + y^2 and x y.
 */
const RADIUS = 5;
const SIGMA = 1.5;
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

/** @param shape [channels, ...spatial] of both arrays, two or three spatial axes */
export function structuralSimilarity(x: Float32Array, y: Float32Array, shape: readonly number[]): number {
  const [channels, ...spatial] = shape;
  const voxels = spatial.reduce((product, size) => product * size, 1);
  let sum = 0;
  for (let channel = 0; channel < channels!; channel++) {
    const range = [channel * voxels, (channel + 1) * voxels] as const;
    sum += similarityOfChannel(x.subarray(...range), y.subarray(...range), spatial);
  }
  return sum / channels!;
}

function similarityOfChannel(x: Float32Array, y: Float32Array, spatial: readonly number[]): number {
  const squares = new Float64Array(x.length);
  const products = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    squares[i] = x[i]! * x[i]! + y[i]! * y[i]!;
    products[i] = x[i]! * y[i]!;
  }
  const meanX = localMean(Float64Array.from(x), spatial);
  const meanY = localMean(Float64Array.from(y), spatial);
  const meanSquares = localMean(squares, spatial);
  const meanProducts = localMean(products, spatial);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const [mx, my] = [meanX[i]!, meanY[i]!];
    const variances = meanSquares[i]! - mx * mx - my * my;
    const covariance = meanProducts[i]! - mx * my;
    sum += ((2 * mx * my + C1) * (2 * covariance + C2)) / ((mx * mx + my * my + C1) * (variances + C2));
  }
  return sum / x.length;
}

/** Convolves `image` with the window, axis by axis, in place. */
function localMean(image: Float64Array, spatial: readonly number[]): Float64Array {
  let inner = 1;
  for (const size of spatial.toReversed()) {
    blurAxis(image, size, inner);
    inner *= size;
  }
  return image;
}

/** Weight of a voxel at `distance` from the centre of the window; the weights of the 11 sum to 1. */
function weight(distance: number): number {
  const height = (at: number) => Math.exp(-(at ** 2) / (2 * SIGMA ** 2));
  let sum = height(0);
  for (let at = 1; at <= RADIUS; at++) sum += 2 * height(at);
  return height(distance) / sum;
}

const [W0, W1, W2, W3, W4, W5] = [weight(0), weight(1), weight(2), weight(3), weight(4), weight(5)];

/**
 * One axis of `size` entries `inner` apart: lines are blurred together, `inner` at a time, through a copy with zeros around it.
 * The sum over the window is written out: as a loop over the weights it takes twice as long.
 */
function blurAxis(image: Float64Array, size: number, inner: number): void {
  const margin = RADIUS * inner;
  const block = size * inner;
  const padded = new Float64Array(block + 2 * margin);
  for (let start = 0; start < image.length; start += block) {
    padded.set(image.subarray(start, start + block), margin);
    for (let i = 0; i < block; i++) {
      const c = i + margin;
      image[start + i] =
        W0 * padded[c]! +
        W1 * (padded[c - inner]! + padded[c + inner]!) +
        W2 * (padded[c - 2 * inner]! + padded[c + 2 * inner]!) +
        W3 * (padded[c - 3 * inner]! + padded[c + 3 * inner]!) +
        W4 * (padded[c - 4 * inner]! + padded[c + 4 * inner]!) +
        W5 * (padded[c - 5 * inner]! + padded[c + 5 * inner]!);
    }
  }
}
