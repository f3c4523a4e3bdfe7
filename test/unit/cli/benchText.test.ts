/** What `gyrus engines bench` makes of times and counts, and what it tells of a machine. */
import { homedir, hostname, userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import {
  figuresOf,
  figuresTable,
  formOf,
  sweepTables,
  threeDigits,
} from "../../../src/cli/engines/benchText";
import type { DeviceFigures } from "../../../src/cli/engines/measureDevices";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { buildNetwork } from "../../../src/network/building/build";

const network = buildNetwork({
  architecture: "Conv5_FC3",
  inputSize: [1, 50, 50, 50],
  outputSize: 2,
  dropout: 0,
  latentSpaceSize: 1,
  task: "classification",
});

const PROCESSOR: DeviceFigures = {
  engine: "onnx",
  library: "onnxruntime-node",
  version: "1.20.0",
  device: "CPU",
  threads: 2,
  step: 0.2,
  answer: 0.05,
  operations: 6e9,
  moved: null,
  memory: null,
  plain: { operations: 1e11, bytes: 1e10 },
};

const CARD: DeviceFigures = {
  ...PROCESSOR,
  engine: "webgpu",
  library: "webgpu",
  version: "0.6.2",
  device: "A Card 3000",
  vendor: "maker",
  driver: "1.2.3",
  step: 0.004,
  answer: 0.001,
  moved: 6e8,
  memory: 1.4e8,
  plain: { operations: 6e12, bytes: 3e11 },
  convolutions: [
    {
      layer: "convolutions.0",
      inChannels: 1,
      outChannels: 8,
      size: [50, 50, 50],
      tiles: { in_use: 4.32e11, "8x(1x8)": 4.31e11, "8x256x9": 2.16e11 },
      splits: { in_use: 4.32e11, 1: 4.3e11 },
      weightGradient: { in_use: 1.5e11, 8192: 1.25e11 },
    },
    {
      layer: "convolutions.4",
      inChannels: 8,
      outChannels: 16,
      size: [25, 25, 25],
      tiles: { in_use: 5e11, "8x(1x8)": 5.01e11, "8x256x9": 6e11 },
      splits: { in_use: 5e11, 1: 5e11, 2: 4e11 },
      weightGradient: { in_use: 2e11, 8192: 1e11 },
    },
  ],
};

describe("figuresOf", () => {
  it("gives the shares of a product and of a copy that a step reaches", () => {
    expect(figuresOf(CARD, 8)).toEqual({
      step_ms: 4,
      inference_ms: 1,
      trained_images_per_second: 2000,
      predicted_images_per_second: 8000,
      memory_mb: 140,
      step_gflop_per_second: 1500,
      product_gflop_per_second: 6000,
      share_of_product_percent: 25,
      step_gb_per_second: expect.closeTo(150, 9),
      copy_gb_per_second: 300,
      share_of_copy_percent: expect.closeTo(50, 9),
    });
  });

  it("leaves open what is not counted on the processor", () => {
    expect(figuresOf(PROCESSOR, 8)).toMatchObject({
      memory_mb: null,
      step_gb_per_second: null,
      copy_gb_per_second: 10,
      share_of_copy_percent: null,
    });
  });
});

it("writes three digits", () => {
  expect([0, 0.01234, 1.234, 12.34, 123.4, 12_340].map(threeDigits)).toEqual([
    "0",
    "0.0123",
    "1.23",
    "12.3",
    "123",
    "12340",
  ]);
});

describe("the form", () => {
  const form = formOf({ network, batchSize: 8 }, [PROCESSOR, CARD]);

  it("has devices, versions and figures", () => {
    expect(form).toMatchObject({
      node: process.versions.node,
      network: "Conv5_FC3",
      batch: "8 x 1@50x50x50",
      devices: [
        { engine: "onnx", device: "CPU", threads: 2, step_ms: 200, memory_mb: null },
        {
          engine: "webgpu",
          device: "A Card 3000",
          vendor: "maker",
          driver: "1.2.3",
          version: "0.6.2",
          share_of_product_percent: 25,
          convolutions: [
            {
              layer: "convolutions.0",
              gflop_per_second_by_tile: { in_use: 432, "8x(1x8)": 431, "8x256x9": 216 },
              gflop_per_second_by_split: { in_use: 432, 1: 430 },
              gflop_per_second_of_weight_gradient: { in_use: 150, 8192: 125 },
            },
            { layer: "convolutions.4" },
          ],
        },
      ],
    });
  });

  it("tells nothing of people, folders or the name of the machine", () => {
    const words = JSON.stringify(form)
      .split(/[^\w.-]+/)
      .map((word) => word.toLowerCase());
    for (const secret of [hostname(), userInfo().username]) expect(words).not.toContain(secret.toLowerCase());
    expect(JSON.stringify(form)).not.toContain(`${homedir()}/`);
    expect(JSON.stringify(form)).not.toContain(process.cwd());
  });
});

it("shows a column for each device, and a row for each convolution", () => {
  const table = figuresTable([PROCESSOR, CARD], 8, sayInEnglish);
  expect(table).toMatch(/onnx: CPU\s+webgpu: A Card 3000/);
  expect(table).toMatch(/training step with Adam, ms\s+200\s+4\.00/);
  expect(table).toMatch(/memory on the device, MB\s+-\s+140/);
});

it("shows a row for each convolution, whose columns are the ways to cut it", () => {
  const [byTile, tiles, , splits, , gradients] = sweepTables(CARD, sayInEnglish);
  expect(byTile).toContain("A Card 3000");
  expect(tiles).toMatch(
    /in use\s+8x\(1x8\)\s+8x256x9\n[-\s]+\nconvolutions\.0\s+1 > 8\s+50x50x50\s+432\s+431\s+216\nconvolutions\.4/,
  );
  expect(splits).toMatch(/in use\s+1\s+2\n[-\s]+\nconvolutions\.0\s+1 > 8\s+50x50x50\s+432\s+430\s+-\n/);
  expect(gradients).toMatch(/in use\s+8192\n[-\s]+\nconvolutions\.0\s+1 > 8\s+50x50x50\s+150\s+125\n/);
  expect(sweepTables(PROCESSOR, sayInEnglish)).toEqual([]);
});
