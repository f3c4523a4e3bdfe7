/** The convolutions of a network with every way to cut their work that tiling.ts offers. */
import type { Conv } from "../../../network/layers/conv";
import type { Network } from "../../../network/network";
import { flattenTrace, traceShapes } from "../../../network/shapes/shape";
import { medianSeconds, type Repeating } from "../../repeatedTime";
import { type Geometry, geometryOf, voxels } from "../kernels/convolution/geometry";
import { type Cut, convolveNear, isNear } from "../kernels/convolution/near";
import { weightGradientNear } from "../kernels/convolution/nearWeightGradient";
import { SPLITS, TILES, tileName, WEIGHT_INVOCATIONS } from "../kernels/convolution/tiling";
import type { Tape } from "../tape/tape";
import type { Value } from "../tape/value";
import { loneTape } from "./loneTape";

/** Operations a second, by the name of each way; `in_use` is the one that trainings have. */
export type Speeds = Readonly<Record<string, number>>;

export interface SweptConvolution {
  /** Where the layer stands in the network. */
  readonly layer: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Of y, along each axis. */
  readonly size: readonly number[];
  /** Forward, by tile. */
  readonly tiles: Speeds;
  /** Forward with the usual tile, by the parts in which the channels of x are summed. */
  readonly splits: Speeds;
  /** The gradient by the weight, by the invocations among which the voxels are divided. */
  readonly weightGradient: Speeds;
}

interface Arrays {
  readonly x: Value;
  readonly weight: Value;
  readonly y: Value;
}

type Way = (tape: Tape, geometry: Geometry, arrays: Arrays) => void;

const forward =
  (cut?: Cut): Way =>
  (tape, geometry, arrays) =>
    convolveNear(tape, geometry, arrays, cut);

const byWeight =
  (invocations?: number): Way =>
  (tape, geometry, { x, weight, y }) =>
    weightGradientNear(tape, geometry, { x, dy: y, into: weight }, invocations);

const waysByTile = (): Record<string, Way> => ({
  in_use: forward(),
  ...Object.fromEntries(TILES.map((tile) => [tileName(tile), forward({ tile })])),
});

const waysBySplit = ({ inChannels }: Geometry): Record<string, Way> => ({
  in_use: forward(),
  ...Object.fromEntries(
    SPLITS.filter((split) => split <= inChannels).map((split) => [`${split}`, forward({ split })]),
  ),
});

const waysByWeight = (): Record<string, Way> => ({
  in_use: byWeight(),
  ...Object.fromEntries(WEIGHT_INVOCATIONS.map((count) => [`${count}`, byWeight(count)])),
});

/** @param repeating of each convolution in each way */
export async function sweepConvolutions(
  device: GPUDevice,
  network: Network,
  batchSize: number,
  repeating: Repeating,
): Promise<readonly SweptConvolution[]> {
  const swept: SweptConvolution[] = [];
  for (const { path: layer, geometry } of convolutionsOf(network, batchSize)) {
    if (!isNear(geometry)) continue;
    const { inChannels, outChannels, to: size } = geometry;
    const speeds = (ways: Record<string, Way>) => speedsOf(device, geometry, ways, repeating);
    swept.push({
      ...{ layer, inChannels, outChannels, size },
      tiles: await speeds(waysByTile()),
      splits: await speeds(waysBySplit(geometry)),
      weightGradient: await speeds(waysByWeight()),
    });
  }
  return swept;
}

/** A convolution of a network, and where it stands there. */
export interface PlacedConvolution {
  readonly path: string;
  readonly settings: Conv;
  readonly geometry: Geometry;
}

export function convolutionsOf(network: Network, batchSize: number): PlacedConvolution[] {
  return flattenTrace(traceShapes(network)).flatMap(({ path, layer, input, output }) => {
    if (layer.kind !== "Conv") return [];
    const geometry = geometryOf(layer, { shape: [batchSize, ...input] }, { shape: [batchSize, ...output] });
    return [{ path, settings: layer, geometry }];
  });
}

async function speedsOf(
  device: GPUDevice,
  geometry: Geometry,
  ways: Record<string, Way>,
  repeating: Repeating,
): Promise<Speeds> {
  const { samples, inChannels, outChannels, to, kernel } = geometry;
  const operations = 2 * samples * outChannels * voxels(to) * inChannels * voxels(kernel);
  const speeds: Record<string, number> = {};
  for (const [name, way] of Object.entries(ways))
    speeds[name] = operations / (await secondsOf(device, geometry, way, repeating));
  return speeds;
}

async function secondsOf(
  device: GPUDevice,
  geometry: Geometry,
  way: Way,
  repeating: Repeating,
): Promise<number> {
  const { samples, inChannels, outChannels, from, to, kernel } = geometry;
  const tape = await loneTape(device, (onTape) =>
    way(onTape, geometry, {
      x: onTape.own("x", [samples, inChannels, ...from]),
      weight: onTape.own("weight", [outChannels, inChannels, ...kernel]),
      y: onTape.own("y", [samples, outChannels, ...to]),
    }),
  );
  try {
    tape.replay.write("x", new Float32Array(samples * inChannels * voxels(from)).fill(0.5));
    tape.replay.write("weight", new Float32Array(outChannels * inChannels * voxels(kernel)).fill(0.25));
    tape.replay.write("y", new Float32Array(samples * outChannels * voxels(to)).fill(0.125));
    return await medianSeconds(() => tape.run(), repeating);
  } finally {
    tape.replay.dispose();
  }
}
