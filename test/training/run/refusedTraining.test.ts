import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { trainPhantom } from "../../support/trainPhantom";

describe("a training with bad input", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ["a CAPS that is not there", { caps_directory: "/absent" }, "caps_directory"],
    ["a network too deep for the image", { architecture: "resnet18" }, "architecture"],
    ["one class weight too many", { class_weights: [1, 2, 3] }, "class_weights"],
    [
      "several networks for whole images of one part",
      { multi_network: true, preprocessing_dict: { mode: "patch", patch_size: 10, stride_size: 10 } },
      "multi_network",
    ],
  ];
  it.each(cases)("refuses %s before it makes a folder", async (_, changes, where) => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder);
    const maps = join(folder, "maps");
    const failure = trainPhantom(phantomExperiment(folder, changes), maps);
    await expect(failure).rejects.toMatchObject({
      name: "InputError",
      problems: [expect.objectContaining({ where })],
    });
    expect(existsSync(maps)).toBe(false);
  });

  describe("a last batch of one image that a batch norm cannot train on", () => {
    const block = [
      { layer: "Conv", out_channels: 2, kernel_size: 3, padding: 1 },
      { layer: "PadMaxPool", kernel_size: 4, stride: 4 },
      { layer: "BatchNorm" },
    ];
    const architecture = { convolutions: block, fc: [{ layer: "Flatten" }, { layer: "Linear" }] };
    const halves = { preprocessing_dict: { mode: "patch", patch_size: 4, stride_size: 4 } };

    it.each([
      ["of whole images", 9, [4, 4, 4], {}],
      ["of each of two networks", 9, [8, 4, 4], { ...halves, multi_network: true }],
    ] as const)("is refused: %s", async (_, train, [x, y, z], changes) => {
      const folder = temporaryFolder();
      await writePhantomStudy(folder, { train, size: [x, y, z] });
      const maps = join(folder, "maps");
      const failure = trainPhantom(phantomExperiment(folder, { architecture, ...changes }), maps);
      await expect(failure).rejects.toThrow("variance does not exist");
      expect(existsSync(maps)).toBe(false);
    });

    it("is not looked for among the parts of all networks together", async () => {
      const folder = temporaryFolder();
      await writePhantomStudy(folder, { train: 7, size: [12, 4, 4] });
      const experiment = phantomExperiment(folder, {
        ...halves,
        architecture,
        multi_network: true,
        batch_size: 20,
        epochs: 1,
      });
      const { outcome } = await trainPhantom(experiment, join(folder, "maps"));
      expect(outcome.reason).toBe("completed");
    });
  });

  it("refuses a network that no memory holds, by the layer that makes it so large", async () => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder);
    const maps = join(folder, "maps");
    const architecture = {
      convolutions: [{ layer: "Conv", out_channels: 64, kernel_size: 3, padding: 1 }],
      fc: [{ layer: "Flatten" }, { layer: "Linear", out_features: 1_000_000 }, { layer: "Linear" }],
    };
    const failure = trainPhantom(phantomExperiment(folder, { architecture }), maps);
    await expect(failure).rejects.toThrow(/fc\.1: with 1000000 x \d+ weights here .* parameters/);
    expect(existsSync(maps)).toBe(false);
  });

  it("refuses a folder in use, and leaves it alone", async () => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder);
    const failure = trainPhantom(phantomExperiment(folder), folder);
    await expect(failure).rejects.toThrow("The folder is not empty.");
    expect(readdirSync(folder).sort()).toEqual(["caps", "split", "test.tsv"]);
  });
});
