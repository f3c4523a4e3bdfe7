import { expect, it } from "vitest";
import { Track } from "../../../src/run/track";
import type { NamedTrack } from "../../../webview/training/model/figures";
import {
  colorEnds,
  levelOf,
  mapMetric,
  partValues,
  planeOfParts,
  squareOf,
} from "../../../webview/training/model/partSquares";
import { patchesMap } from "../../support/webview/partsMap";

const reached = (split: number, network: number, BA: number): NamedTrack => {
  const track = new Track();
  track.applyTable([], { selectionMetrics: ["BA"], patience: 0, tolerance: 0 }, { BA });
  return { id: `split-${split}/network-${network}`, label: `${split}, ${network}`, track, place: 0 };
};

it("a square lies where its patch lies: left is left, the front is up", () => {
  const parts = patchesMap();
  const plane = planeOfParts(parts);
  expect(plane.name).toBe("axial");
  // Patch 0 begins at voxel 0, 0, 0: the left, the back.
  const [left, top, width, height] = squareOf(plane, parts.boxes[0]!);
  expect([left, width]).toEqual([0, 50 / 169]);
  expect(top).toBeCloseTo(158 / 208, 12);
  expect(height).toBeCloseTo(50 / 208, 12);
  const [toTheRight] = squareOf(plane, parts.boxes[24]!);
  expect(toTheRight).toBeCloseTo(100 / 169, 12);
});

it("a part has the mean over the splits, and opens the network of the split that is looked at", () => {
  const tracks = [reached(0, 0, 0.6), reached(0, 1, 0.9), reached(1, 0, 0.8), reached(1, 1, Number.NaN)];
  const values = partValues(tracks, tracks[2]!, "BA");
  expect([...values].map(([network, { track, value }]) => [network, track.id, value])).toEqual([
    [0, "split-1/network-0", 0.7],
    [1, "split-1/network-1", 0.9],
  ]);
});

it("colours go from chance to 1, or from the worst to the best", () => {
  expect(colorEnds("BA", 3, [0.4, 0.8])).toEqual([1 / 3, 1]);
  expect(colorEnds("loss", 2, [0.4, 0.8])).toEqual([0.8, 0.4]);
  expect([levelOf(0.5, [0.5, 1]), levelOf(1, [0.5, 1]), levelOf(0.2, [0.5, 1])]).toEqual([0, 255, 0]);
  expect(levelOf(0.4, [0.8, 0.4])).toBe(255);
  expect(mapMetric({ task: "classification", selectionMetrics: ["loss", "BA"] })).toBe("BA");
  expect(mapMetric({ task: "reconstruction", selectionMetrics: ["loss"] })).toBe("loss");
});
