/** The convolutions of a network with each tile that the fast form offers. */
import type { Network } from "../../../network/network";
import { flattenTrace, traceShapes } from "../../../network/shapes/shape";
import { elementCount } from "../../../network/weights/tensor";
import { medianSeconds, type Repeating } from "../../repeatedTime";
import { type Geometry, geometryOf, voxels } from "../kernels/convolution/geometry";
import { convolveNear, isNear, TILES, type Tile } from "../kernels/convolution/near";
import { loneTape } from "./loneTape";

export interface TiledConvolution {
  /** Where the layer stands in the network. */
  readonly layer: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Of y, along each axis. */
  readonly size: readonly number[];
  /** The first is the usual one. */
  readonly tiles: readonly (Tile & { readonly seconds: number; readonly operationsPerSecond: number })[];
}

/** @param repeating of each convolution with each tile */
export async function sweepTiles(
  device: GPUDevice,
  network: Network,
  batchSize: number,
  repeating: Repeating,
): Promise<readonly TiledConvolution[]> {
  const swept: TiledConvolution[] = [];
  for (const [layer, geometry] of nearConvolutions(network, batchSize)) {
    const { samples, inChannels, outChannels, to, kernel } = geometry;
    const operations = 2 * samples * outChannels * voxels(to) * inChannels * voxels(kernel);
    const tiles: TiledConvolution["tiles"][number][] = [];
    for (const tile of TILES) {
      const seconds = await secondsOf(device, geometry, tile, repeating);
      tiles.push({ ...tile, seconds, operationsPerSecond: operations / seconds });
    }
    swept.push({ layer, inChannels, outChannels, size: to, tiles });
  }
  return swept;
}

/** Convolutions that the fast form takes, by their place in the network. */
export function nearConvolutions(network: Network, batchSize: number): (readonly [string, Geometry])[] {
  return flattenTrace(traceShapes(network)).flatMap(({ path, layer, input, output }) => {
    if (layer.kind !== "Conv") return [];
    const geometry = geometryOf(layer, { shape: [batchSize, ...input] }, { shape: [batchSize, ...output] });
    return isNear(geometry) ? [[path, geometry] as const] : [];
  });
}

async function secondsOf(
  device: GPUDevice,
  geometry: Geometry,
  tile: Tile,
  repeating: Repeating,
): Promise<number> {
  const { samples, inChannels, outChannels, from, to, kernel } = geometry;
  const tape = await loneTape(device, (onTape) => {
    const x = onTape.own("x", [samples, inChannels, ...from]);
    const weight = onTape.own("weight", [outChannels, inChannels, ...kernel]);
    convolveNear(onTape, geometry, { x, weight, y: onTape.own("y", [samples, outChannels, ...to]) }, tile);
  });
  try {
    tape.replay.write("x", new Float32Array(samples * inChannels * elementCount(from)).fill(0.5));
    tape.replay.write("weight", new Float32Array(outChannels * inChannels * voxels(kernel)).fill(0.25));
    return await medianSeconds(() => tape.run(), repeating);
  } finally {
    tape.replay.dispose();
  }
}
