/**
 * Occlusion (Zeiler and Fergus, 2014): how much the answer falls when a block of the image is hidden, that is set to 0, the value
 * of the background of a normalised image. A voxel that lies in several blocks gets the mean of theirs, as in Captum.
 */
import type { Predictor } from "../../engine/engine";

export interface Blocks {
  /** Voxels along each side of a block; what would lie outside of the image is cut off. */
  readonly block: number;
  /** Voxels from one block to the next; at most `block`, or voxels between would never be hidden. */
  readonly stride: number;
}

/** So many blocks along the longest side, without overlap: 12^3 answers for each image at most. */
const BLOCKS_ALONG = 12;

/** @param spatial size of the input */
export function usualBlock(spatial: readonly number[]): number {
  return Math.max(1, Math.ceil(Math.max(...spatial) / BLOCKS_ALONG));
}

export interface OcclusionJob extends Blocks {
  /** [channels, ...spatial]: the channels are hidden together. */
  readonly inputSize: readonly number[];
  readonly node: number;
  /** Images that the network sees at a time. */
  readonly batchSize: number;
  /** Called with the share of the blocks that is done; false: end. */
  readonly proceed: (share: number) => boolean;
}

/**
 * @param image one sample, of `inputSize`
 * @returns a map of the spatial size, positive where what is hidden speaks for output `node`; null after an end
 */
export async function occlusion(
  predictor: Predictor,
  image: Float32Array,
  { inputSize, node, batchSize, block, stride, proceed }: OcclusionJob,
): Promise<Float32Array | null> {
  const [channels = 1, ...spatial] = inputSize;
  const answersOf = async (size: number, images: Float32Array) => {
    const { data } = await predictor.predict({ size, inputs: { image: images } });
    return Array.from({ length: size }, (_, i) => data[(i * data.length) / size + node]!);
  };
  const [whole = 0] = await answersOf(1, image.slice());
  const blocks = blocksIn(spatial, { block, stride });
  const voxels = image.length / channels;
  const falls = new Float64Array(voxels);
  const covered = new Uint32Array(voxels);
  for (let from = 0; from < blocks.length; from += batchSize) {
    if (!proceed(from / blocks.length)) return null;
    const hidden = blocks.slice(from, from + batchSize);
    const answers = await answersOf(hidden.length, withHidden(image, hidden, spatial));
    for (const [i, answer] of answers.entries()) {
      for (const [first, last] of rowsOf(hidden[i]!, spatial)) {
        for (let voxel = first; voxel < last; voxel++) {
          falls[voxel]! += whole - answer;
          covered[voxel]! += 1;
        }
      }
    }
  }
  return Float32Array.from(falls, (fall, voxel) => fall / covered[voxel]!);
}

/** A copy of the image for each of the blocks, in which it is 0 in every channel. */
function withHidden(image: Float32Array, blocks: readonly Block[], spatial: readonly number[]): Float32Array {
  const voxels = spatial.reduce((product, length) => product * length, 1);
  const images = new Float32Array(blocks.length * image.length);
  for (const [i, block] of blocks.entries()) {
    images.set(image, i * image.length);
    const rows = rowsOf(block, spatial);
    for (let start = i * image.length; start < (i + 1) * image.length; start += voxels) {
      for (const [first, last] of rows) images.fill(0, start + first, start + last);
    }
  }
  return images;
}

/** First and last voxel, exclusive, along each axis. */
type Block = readonly (readonly [number, number])[];

/** The last axis fastest; the last block of an axis reaches its end. */
function blocksIn(spatial: readonly number[], { block, stride }: Blocks): readonly Block[] {
  return spatial.reduce<readonly Block[]>(
    (before, length) => {
      const count = Math.max(0, Math.ceil((length - block) / stride)) + 1;
      const along = Array.from({ length: count }, (_, i) => {
        const start = i * stride;
        return [start, Math.min(start + block, length)] as const;
      });
      return before.flatMap((outer) => along.map((range) => [...outer, range]));
    },
    [[]],
  );
}

/** Where the voxels of a block stand, as ranges of the array. */
function rowsOf(block: Block, spatial: readonly number[]): readonly (readonly [number, number])[] {
  let starts = [0];
  for (const [axis, [first, last]] of block.slice(0, -1).entries()) {
    const inner = spatial.slice(axis + 1).reduce((product, length) => product * length, 1);
    starts = starts.flatMap((start) =>
      Array.from({ length: last - first }, (_, i) => start + (first + i) * inner),
    );
  }
  const [first, last] = block.at(-1) ?? [0, 0];
  return starts.map((start) => [start + first, start + last]);
}
