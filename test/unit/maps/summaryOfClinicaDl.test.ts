import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";
import { summaryOf } from "../../support/summaryOf";

describeWithReference("readMaps of ClinicaDL's MAPS", ["reference/maps_image", "reference/maps_ae"], () => {
  it("tells status, settings, best models with their validation value, and groups", async () => {
    const summary = await summaryOf(reference("reference/maps_image"));
    expect(summary).toMatchObject({
      status: "finished",
      trainers: [],
      settings: {
        gyrusVersion: null,
        task: "classification",
        architecture: "Conv5_FC3",
        classes: ["AD", "CN"],
      },
      progress: null,
      groups: ["train", "validation", "test"],
      problems: [],
    });
    // The sum of the means of 3 batches.
    const loss = { metric: "loss", value: 2.0365915298461914 / 3, epoch: null };
    expect(summary.splits).toEqual([
      {
        split: 0,
        metrics: ["loss"],
        inTraining: [],
        networks: [{ network: null, epoch: null, end: null, source: "table", best: [loss] }],
      },
    ]);
  });

  it("reads an older MAPS, whose splits are named fold", async () => {
    const maps = join(temporaryFolder(), "maps");
    cpSync(reference("reference/maps_ae"), maps, {
      recursive: true,
      filter: (path) => !basename(path).endsWith(".pt"),
    });
    renameSync(join(maps, "split-0"), join(maps, "fold-0"));
    for (const group of ["train", "validation"])
      renameSync(join(maps, "groups", group, "split-0"), join(maps, "groups", group, "fold-0"));
    const summary = await summaryOf(maps);
    expect(summary).toMatchObject({ status: "finished", problems: [] });
    expect(summary.splits[0]!.networks[0]!.best).toEqual([
      { metric: "loss", value: 0.16266761720180511 / 3, epoch: null },
    ]);
  });

  it("tells an unfinished training of ClinicaDL", async () => {
    const maps = join(temporaryFolder(), "maps");
    mkdirSync(mapsPlace(maps).split(0).tmp, { recursive: true });
    writeFileSync(mapsPlace(maps).mapsJson, readFileSync(mapsPlace(reference("reference/maps_ae")).mapsJson));
    expect(await summaryOf(maps)).toMatchObject({ status: "interrupted" });
  });
});
