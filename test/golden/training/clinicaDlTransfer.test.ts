import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTrainValidation } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { loadModel } from "../../../src/maps/weights/model";
import { experimentOf } from "../../support/experiment";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";
import { trainPhantom } from "../../support/trainPhantom";

describeWithReference(
  "a transfer from a MAPS of ClinicaDL",
  ["reference/maps_image", "reference/maps_ae", "reference/caps", "reference/tsv"],
  () => {
    it.each([
      ["autoencoder to cnn", "maps_ae", "encoder", { network_task: "classification" }, "convolutions"],
      ["cnn to cnn", "maps_image", "convolutions", { network_task: "classification" }, "convolutions"],
      ["cnn to autoencoder", "maps_image", "convolutions", { network_task: "reconstruction" }, "encoder"],
    ])("%s starts from its weights", async (_, name, from, task, to) => {
      const source = reference(`reference/${name}`);
      const maps = join(temporaryFolder(), "maps");
      const experiment = experimentOf({
        ...task,
        caps_directory: reference("reference/caps"),
        tsv_path: reference("reference/tsv/split/2_fold"),
        n_splits: 2,
        split: [0],
        transfer_path: source,
        // What does not learn shows what was taken.
        nb_unfrozen_layer: 1,
        epochs: 1,
        batch_size: 4,
        selection_metrics: ["loss"],
      });
      const { outcome } = await trainPhantom(experiment, maps);
      expect(outcome.reason).toBe("completed");
      const theirs = (await loadModel(mapsPlace(source).split(0).network().bestModel("loss"))).state;
      const ours = (await loadModel(mapsPlace(maps).split(0).network().bestModel("loss"))).state;
      const taken = [...theirs.keys()].filter((key) => key.startsWith(`${from}.`));
      expect(taken.length).toBeGreaterThan(0);
      for (const key of taken) {
        const own = ours.get(key.replace(from, to));
        expect(own?.shape, key).toEqual(theirs.get(key)?.shape);
        if (/weight$|bias$/.test(key)) expect(own?.data, key).toEqual(theirs.get(key)?.data);
      }
      const report = JSON.parse(readFileSync(mapsPlace(maps).split(0).network().transferJson, "utf8"));
      expect(report.source).toBe(mapsPlace(source).split(0).network().bestModel("loss"));
      // Nobody who trained the source may be tested here.
      const seen = (await readTrainValidation(maps)).map(({ participantId }) => participantId);
      const before = (await readTrainValidation(source)).map(({ participantId }) => participantId);
      expect(seen).toEqual(expect.arrayContaining(before));
    });
  },
);
