/** Weights: files of PyTorch, checkpoints, optimizers, single tensors. */
import { cpSync, renameSync } from "node:fs";
import { join } from "node:path";
import { mapsPlace } from "../../../src/maps/folder/place";
import { Checkpoints } from "../../../src/maps/weights/checkpoint";
import { loadModel } from "../../../src/maps/weights/model";
import { loadOptimizer } from "../../../src/maps/weights/optimizerFile";
import { loadTensor } from "../../../src/maps/weights/tensorFile";
import { fixture } from "../../support/fixturePath";
import { BOMB_STORAGES, LONG_NUMBERS, PICKLE_BOMBS, torchFileOf } from "../../support/pickles";
import type { Reader } from "../reader";
import { fileSeed, torchSeed } from "../seeds";

const PARAMETERS = ["weight", "bias"];
const WEIGHTS = [
  "maps/values.pt",
  "maps/values_protocol4.pt",
  "maps/adam.pt",
  "maps/numpy1.pt",
  "maps/numpy2_protocol5.pt",
];

export const weightReaders: Readonly<Record<string, Reader>> = {
  weights: {
    sources: ["src/maps/weights/torch/torchFile.ts"],
    file: "model.pth.tar",
    seeds: [...WEIGHTS, "maps/module.pt", "former/whole/split-0/best-loss/model.pth.tar"].map(torchSeed),
    bombs: {
      ...Object.fromEntries(
        Object.entries(PICKLE_BOMBS).map(([name, pickle]) => [name, torchFileOf(pickle, BOMB_STORAGES)]),
      ),
      "whole numbers of a thousand bytes": torchFileOf(LONG_NUMBERS),
      "a storage of single bytes": torchFileOf("N.", { "0": new Uint8Array(4_000_000) }),
    },
    read: (file) => loadModel(file),
  },
  optimizer: {
    sources: [],
    file: "optimizer.pth.tar",
    seeds: [torchSeed("maps/adam.pt"), torchSeed("former/stopped/split-0/tmp/optimizer-3.pth.tar")],
    read: (file) => loadOptimizer(file, PARAMETERS),
  },
  tensor: {
    sources: [],
    file: "tensor.pt",
    seeds: [
      torchSeed("former/reconstruction/split-0/best-loss/train/tensors/sub-000_ses-M000_image-0_output.pt"),
      fileSeed("maps/legacy.pt"),
    ],
    read: (file) => loadTensor(file),
  },
  "state of a training": {
    sources: ["src/maps/weights/checkpoint.ts"],
    file: "training_state.json",
    seeds: [fileSeed("former/stopped/split-0/tmp/training_state.json")],
    prepare: (folder) => cpSync(fixture("former/stopped"), join(folder, "maps"), { recursive: true }),
    read: async (file, folder) => {
      const network = mapsPlace(join(folder, "maps")).split(0).network();
      renameSync(file, join(network.checkpoints, "training_state.json"));
      const description = {
        optimizer: "Adam",
        weightDecay: 0,
        parameters: PARAMETERS,
        architecture: "a",
      } as const;
      await new Checkpoints(network, description).load();
    },
  },
};
