/**
 * Mean structural similarity (Wang et al., 2004) with ClinicaDL's window: gaussian, 11 wide, sigma 1.5, zeros outside the
 * image, C1 = 0.01^2, C2 = 0.03^2. Three-dimensional for volumes, two-dimensional for images, channel by channel.
 *
 * The window is a product of one gaussian an axis, so each local mean is three (or two) passes of 11 weights instead of one
 * of 1331. Four local means are enough: of x, y, x^2 + y^2 and x y.
 */
const WIDTH = 11;
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

const WEIGHTS = gaussian();

function gaussian(): Float64Array {
  const centre = (WIDTH - 1) / 2;
  const weights = Float64Array.from({ length: WIDTH }, (_, i) =>
    Math.exp(-((i - centre) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** One axis of `size` entries `inner` apart: lines are blurred together, `inner` at a time, through a copy with zeros around it. */
function blurAxis(image: Float64Array, size: number, inner: number): void {
  const margin = (WIDTH - 1) / 2;
  const block = size * inner;
  const padded = new Float64Array(block + 2 * margin * inner);
  for (let start = 0; start < image.length; start += block) {
    padded.set(image.subarray(start, start + block), margin * inner);
    for (let i = 0; i < block; i++) {
      let sum = WEIGHTS[margin]! * padded[i + margin * inner]!;
      for (let tap = 0; tap < margin; tap++) {
        sum += WEIGHTS[tap]! * (padded[i + tap * inner]! + padded[i + (WIDTH - 1 - tap) * inner]!);
      }
      image[start + i] = sum;
    }
  }
}
