import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Experiment } from "../../../src/experiment/experiment";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { readTrainValidation } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { loadModel } from "../../../src/maps/weights/model";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { imageFile, person, writeTable } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const patches = { preprocessing_dict: { mode: "patch", patch_size: 6, stride_size: 6 } };
const brief = { epochs: 1, selection_metrics: ["loss"] };

let folder: string;
const maps = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  const study = await writePhantomStudy(folder);
  for (const split of [0, 1]) {
    const place = join(folder, "two-folds", `split-${split}`);
    writeTable(join(place, "train.tsv"), study.train.slice(6 * split, 6 * split + 6));
    writeTable(join(place, "validation_baseline.tsv"), study.validation);
  }
  const train = (name: string, keys: object) =>
    trainPhantom(phantomExperiment(folder, { ...brief, ...keys }), maps(name));
  await train("autoencoder", { network_task: "reconstruction" });
  await train("cnn", {});
  await train("patch-autoencoder", { ...patches, network_task: "reconstruction" });
  await train("patch-cnn", patches);
  await train("patch-multicnn", { ...patches, multi_network: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Trains one epoch from `source`, with the convolutions frozen, so that they show what was transferred. */
async function transferred(source: string, keys: object = {}, networks: readonly (number | null)[] = [null]) {
  const target = maps(`from-${source}-${Math.random()}`);
  const experiment = phantomExperiment(folder, {
    ...brief,
    transfer_path: maps(source),
    nb_unfrozen_layer: 1,
    ...keys,
  });
  await trainPhantom(experiment, target);
  return await Promise.all(
    networks.map(
      async (network) =>
        (await loadModel(mapsPlace(target).split(0).network(network).bestModel("loss"))).state,
    ),
  );
}

async function weights(source: string, name: string, network: number | null = null) {
  return (await loadModel(mapsPlace(maps(source)).split(0).network(network).bestModel("loss"))).state.get(
    name,
  );
}

describe("transfer", () => {
  it("moves the encoder of an autoencoder into a CNN", async () => {
    const [state] = await transferred("autoencoder");
    for (const parameter of ["0.weight", "0.bias", "1.weight", "4.weight", "5.bias"]) {
      expect(state?.get(`convolutions.${parameter}`)).toEqual(
        await weights("autoencoder", `encoder.${parameter}`),
      );
    }
  });

  it("takes the weights of an older MAPS, whose splits are named fold", async () => {
    cpSync(maps("autoencoder"), maps("older"), { recursive: true });
    renameSync(join(maps("older"), "split-0"), join(maps("older"), "fold-0"));
    const [state] = await transferred("older");
    expect(state?.get("convolutions.0.weight")).toEqual(await weights("autoencoder", "encoder.0.weight"));
  });

  it("moves the convolutions of a CNN into an autoencoder", async () => {
    const [state] = await transferred("cnn", { network_task: "reconstruction" });
    expect(state?.get("encoder.0.weight")).toEqual(await weights("cnn", "convolutions.0.weight"));
  });

  it("moves a whole CNN into a CNN; only the last layer learns with nb_unfrozen_layer 1", async () => {
    const [state] = await transferred("cnn");
    expect(state?.get("convolutions.4.weight")).toEqual(await weights("cnn", "convolutions.4.weight"));
    expect(state?.get("fc.2.weight")).not.toEqual(await weights("cnn", "fc.2.weight"));
    // Running statistics are no parameters: they move.
    expect(state?.get("convolutions.1.running_mean")).not.toEqual(
      await weights("cnn", "convolutions.1.running_mean"),
    );
  });

  it("gives every network of a multi-network the one network of the source", async () => {
    const keys = { ...patches, multi_network: true };
    for (const [source, name] of [
      ["patch-cnn", "convolutions.0.weight"],
      ["patch-autoencoder", "encoder.0.weight"],
    ] as const) {
      const [first, second] = await transferred(source, keys, [0, 1]);
      expect(first?.get("convolutions.0.weight")).toEqual(await weights(source, name));
      expect(second?.get("convolutions.0.weight")).toEqual(await weights(source, name));
    }
  });

  it("gives each network of a multi-network that of the same part", async () => {
    const [first, second] = await transferred("patch-multicnn", { ...patches, multi_network: true }, [0, 1]);
    expect(first?.get("convolutions.0.weight")).toEqual(
      await weights("patch-multicnn", "convolutions.0.weight", 0),
    );
    expect(second?.get("convolutions.0.weight")).toEqual(
      await weights("patch-multicnn", "convolutions.0.weight", 1),
    );
    expect(first?.get("convolutions.0.weight")).not.toEqual(second?.get("convolutions.0.weight"));
  });

  it("tells and keeps with the run what was taken, what kept its initial values, and from where", async () => {
    const target = maps("reported");
    const notices: string[] = [];
    await trainPhantom(phantomExperiment(folder, { ...brief, transfer_path: maps("autoencoder") }), target, {
      onNotice: (notice) => notices.push(phraseText(notice)),
    });
    const report = JSON.parse(readFileSync(mapsPlace(target).split(0).network().transferJson, "utf8"));
    expect(report).toMatchObject({
      source: mapsPlace(maps("autoencoder")).split(0).network().bestModel("loss"),
      from: "autoencoder",
      to: "cnn",
      kept: ["fc.2.weight", "fc.2.bias"],
    });
    expect(report.taken).toContainEqual({ target: "convolutions.0.weight", source: "encoder.0.weight" });
    expect(notices.filter((told) => told.includes("tensors"))).toEqual([
      `Split 0: ${report.taken.length} tensors of this cnn start from the autoencoder ${report.source}; 2 begin anew (fc); ${report.unused.length} of the source are not used (decoder).`,
    ]);
  });

  it("adds the participants of the source to those who must not be tested", async () => {
    const other = maps("other");
    await writePhantomStudy(other, { train: 30, validation: 4 });
    const target = maps("from-other-data");
    const experiment = phantomExperiment(other, {
      ...brief,
      transfer_path: maps("cnn"),
      diagnoses: ["AD", "CN"],
    });
    await trainPhantom(experiment, target);
    const own = await readTrainValidation(maps("cnn"));
    const merged = (await readTrainValidation(target)).map((session) => session.participantId);
    expect(merged).toHaveLength(34);
    expect(merged).toEqual(expect.arrayContaining(own.map((session) => session.participantId)));
  });
});

describe("validation images that the source has learned from under other names", () => {
  /** A study of other people, but for two who validate: images of the source's training, which are not at hand any more. */
  async function copies(): Promise<Experiment> {
    const other = temporaryFolder();
    await writePhantomStudy(other, { seed: 2, train: 6, validation: 4 });
    const validation = ["AD", "CN"].map((diagnosis, i) => {
      const row = person(`sub-90${i}`, diagnosis);
      const [from, to] = [
        imageFile(join(folder, "caps"), `sub-00${i}`),
        imageFile(join(other, "caps"), row.participant_id!),
      ];
      mkdirSync(dirname(to), { recursive: true });
      cpSync(from, to);
      return row;
    });
    writeTable(join(other, "split", "validation_baseline.tsv"), validation);
    return phantomExperiment(other, { ...brief, transfer_path: maps("cnn") });
  }

  it("are refused by the hashes that its MAPS keeps, and pass where leaks are accepted", async () => {
    const experiment = await copies();
    const target = maps("from-copies");
    await expect(trainPhantom(experiment, target)).rejects.toThrow(
      /was trained on 2 images of the validation set of split 0, under other names, equal voxel by voxel: sub-900 ses-M000 = sub-000 ses-M000, sub-901 ses-M000 = sub-001 ses-M000/,
    );
    expect(existsSync(target)).toBe(false);
    const warned: string[] = [];
    const accepted = new Set(["leaks"] as const);
    await trainPhantom(experiment, target, { accepted, onWarning: ({ code }) => warned.push(code) });
    expect(warned).toContain("audit.transfer-copies");
  });

  it("cannot be found where it keeps none, which is said", async () => {
    cpSync(maps("cnn"), maps("former"), { recursive: true });
    rmSync(mapsPlace(maps("former")).trainingScansTsv);
    const experiment = { ...(await copies()), transfer_path: maps("former") };
    const told: string[] = [];
    await trainPhantom(experiment, maps("from-former"), { onWarning: ({ code }) => told.push(code) });
    expect(told).toContain("audit.transfer-not-compared");
  });
});

describe("a transfer that does not fit is refused before the run", () => {
  const small = {
    convolutions: [{ layer: "Conv", out_channels: 3, kernel_size: 3 }, { layer: "ReLU" }],
    fc: [{ layer: "Flatten" }, { layer: "Linear" }],
  };
  it.each([
    [
      "from another architecture, with both shapes",
      "cnn",
      { architecture: small },
      /convolutions.0.weight \[4, 1, 3, 3, 3\]; this network: convolutions.0.weight \[3, 1, 3, 3, 3\]/,
    ],
    [
      "by a metric without best model",
      "cnn",
      { transfer_selection_metric: "BA" },
      /split 0 of the source was not trained, or not selected by BA/,
    ],
    [
      "from several networks into one",
      "patch-multicnn",
      patches,
      /one network a part, this run has one network for all/,
    ],
    [
      "from fewer splits than are trained",
      "cnn",
      { tsv_path: "two-folds", n_splits: 2 },
      /There is no .*split-1.*model\.pth\.tar: split 1 of the source was not trained/,
    ],
    ["from what is no MAPS", "absent", {}, /There is no maps.json that can be read/],
  ])("%s", async (_, source, keys, message) => {
    const target = maps("refused");
    const changes = "tsv_path" in keys ? { tsv_path: join(folder, keys.tsv_path) } : {};
    const experiment = phantomExperiment(folder, {
      ...brief,
      transfer_path: maps(source),
      ...keys,
      ...changes,
    });
    await expect(trainPhantom(experiment, target)).rejects.toThrow(message);
    expect(existsSync(target)).toBe(false);
  });
});
