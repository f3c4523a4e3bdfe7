import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findExperiments } from "../../../src/extension/experiments/findExperiments";
import { readMaps } from "../../../src/extension/experiments/mapsReader";
import { unreadView } from "../../../src/extension/experiments/mapsView";
import { rootNodes } from "../../../src/extension/experiments/nodes";
import { treeItem } from "../../../src/extension/experiments/treeItems";
import { eventsJsonl, mapsJson, runJson, stopJson, trainingLogs } from "../../../src/maps/layout";
import { writeMapsFixture } from "../../support/mapsFixture";
import { describeWithReference, reference } from "../../support/reference";

let folder: string;
let maps: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gyrus maps é </script> ".replace("/", "-")));
  maps = join(folder, "maps_demo");
});
afterEach(() => rmSync(folder, { recursive: true }), 60_000);

/** No process has this number. */
const nobody = 2 ** 22 + 1;

describe("readMaps", () => {
  it("reads state, progress, best models and groups of a run", async () => {
    writeMapsFixture(maps, { end: null, epochs: 4 });
    expect(await readMaps(maps)).toMatchObject({
      status: "running",
      task: "classification",
      architecture: "Conv5_FC3",
      trainer: { pid: process.pid },
      progress: { split: 0, network: null, epoch: 4, epochs: 20 },
      splits: [
        {
          split: 0,
          networks: [
            {
              network: null,
              epoch: 4,
              ended: false,
              best: [
                { metric: "loss", value: 0.25, epoch: 3 },
                { metric: "BA", value: 0.875, epoch: 3 },
              ],
            },
          ],
        },
      ],
      groups: ["train", "validation"],
      problems: [],
    });
  });

  it.each([
    ["completed", "finished"],
    ["early_stopping", "finished"],
    ["stopped", "stopped"],
    ["nan", "failed"],
    ["failed", "failed"],
  ] as const)("a run that ended by %s is %s", async (end, status) => {
    writeMapsFixture(maps, { end });
    expect(await readMaps(maps)).toMatchObject({ status, progress: null });
  });

  it("calls a run interrupted when its process is gone", async () => {
    writeMapsFixture(maps, { end: null, pid: nobody });
    expect(await readMaps(maps)).toMatchObject({ status: "interrupted", resumable: true });
  });

  it("sees a request to stop", async () => {
    writeMapsFixture(maps, { end: null });
    writeFileSync(stopJson(maps), "{}");
    expect(await readMaps(maps)).toMatchObject({ status: "stopping" });
  });

  it("notices a trainer that has given no sign for long", async () => {
    writeMapsFixture(maps, { end: null });
    const run = JSON.parse(readFileSync(runJson(maps), "utf8"));
    writeFileSync(runJson(maps), JSON.stringify({ ...run, heartbeat: Date.now() - 120_000 }));
    expect(await readMaps(maps)).toMatchObject({ status: "silent" });
  });

  it("reads several splits and networks in their order", async () => {
    writeMapsFixture(maps, { splits: [10, 2], networks: [0, 1] });
    const view = await readMaps(maps);
    expect(view?.splits.map(({ split }) => split)).toEqual([2, 10]);
    expect(view?.splits[0]?.networks.map(({ network }) => network)).toEqual([0, 1]);
  });

  it("passes over a torn last line, and finds the last epoch however many batches came after it", async () => {
    writeMapsFixture(maps, { end: null, epochs: 2 });
    const batch = { kind: "batch", epoch: 2, batch: 0, loss: "NaN", samples: 8, seconds: 0.1 };
    const lines = Array.from({ length: 5000 }, (_, index) =>
      JSON.stringify({ seq: index + 3, time: 0, ...batch }),
    );
    appendFileSync(eventsJsonl(maps, 0), `${lines.join("\n")}\n{"seq":5003,"ti`);
    expect(await readMaps(maps)).toMatchObject({ progress: { epoch: 2 } });
  });

  it("keeps a best value that is not a number apart from the others", async () => {
    writeMapsFixture(maps, { validationLoss: () => Number.NaN });
    const view = await readMaps(maps);
    expect(view?.splits[0]?.networks[0]?.best[0]).toMatchObject({ metric: "loss", value: Number.NaN });
  });

  it("says what is wrong with a maps.json that is cut short", async () => {
    mkdirSync(maps);
    writeFileSync(mapsJson(maps), '{"network_task": "class');
    expect(await readMaps(maps)).toMatchObject({
      status: "failed",
      problems: [expect.stringContaining("not the JSON of a MAPS")],
    });
  });

  it("finds nothing where the folder was deleted", async () => {
    expect(await readMaps(join(folder, "gone"))).toBeNull();
  });
});

describeWithReference(
  "readMaps, on a MAPS of ClinicaDL",
  ["maps_image", "reference/maps_image"].slice(1),
  () => {
    it("shows what it holds, and that Gyrus cannot resume it", async () => {
      expect(await readMaps(reference("reference/maps_image"))).toMatchObject({
        status: "finished",
        resumable: false,
        trainer: null,
        splits: [{ split: 0, networks: [{ best: [{ metric: "loss" }] }] }],
      });
    });
  },
);

describe("findExperiments", () => {
  it("finds MAPS and experiment files at any depth, and nothing inside of a MAPS or among images", async () => {
    writeMapsFixture(maps);
    writeMapsFixture(join(folder, "results/june/maps_b"));
    mkdirSync(join(maps, "groups/test"), { recursive: true });
    writeFileSync(join(maps, "groups/test/maps.json"), "{}");
    mkdirSync(join(folder, "caps/subjects/sub-01"), { recursive: true });
    writeFileSync(join(folder, "caps/subjects/sub-01/x.experiment.json"), "{}");
    writeFileSync(join(folder, "a.experiment.json"), "{}");
    expect(await findExperiments(folder)).toEqual({
      maps: [maps, join(folder, "results/june/maps_b")],
      files: [join(folder, "a.experiment.json")],
    });
  });

  it("lists two thousand MAPS in under a second, and reads them in a few", { timeout: 120_000 }, async () => {
    writeMapsFixture(maps);
    const files = [mapsJson(maps), runJson(maps), eventsJsonl(maps, 0)].map((file) => ({
      place: relative(maps, file),
      content: readFileSync(file),
    }));
    for (let index = 1; index < 2000; index++) {
      const copy = join(folder, "many", `maps_${index}`);
      mkdirSync(trainingLogs(copy, 0), { recursive: true });
      for (const { place, content } of files) writeFileSync(join(copy, place), content);
    }
    const began = performance.now();
    const { maps: found } = await findExperiments(folder);
    const content = { folder, name: "", views: found.map(unreadView), launches: [] };
    const items = rootNodes([content]).map(treeItem);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(items).toHaveLength(2000);
    const views = await Promise.all(found.map(readMaps));
    expect(views.filter((view) => view?.status === "finished")).toHaveLength(2000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
