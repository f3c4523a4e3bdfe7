import { cpSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { readExperiment } from "../../../src/experiment/file/resolve";
import { writeNextExperiment } from "../../../src/extension/commands/nextExperiment";
import { nextSteps } from "../../../src/extension/panels/runInfo";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";

function trainedMaps(): string {
  const maps = join(temporaryFolder(), "maps_study");
  cpSync(fixture("former/whole"), maps, { recursive: true });
  return maps;
}
const settingsOf = async (file: string) => (await readExperiment(file)).experiment;

it("writes the same training once more, to be changed, without the defaults", async () => {
  const maps = trainedMaps();
  const file = await writeNextExperiment(maps, "trainAgain");
  expect(basename(file)).toBe("study-changed.experiment.json");
  expect(await settingsOf(file)).toEqual(await settingsOf(join(maps, "maps.json")));
  const written = Object.keys(JSON.parse(readFileSync(file, "utf8")));
  expect(written).not.toContain("gyrus_version");
  expect(written).not.toContain("weight_decay");
  expect(basename(await writeNextExperiment(maps, "trainAgain"))).toBe("study-changed-2.experiment.json");
});

it("writes an experiment that begins with the weights of the MAPS", async () => {
  const maps = trainedMaps();
  const file = await writeNextExperiment(maps, "startFrom");
  const experiment = await settingsOf(file);
  expect(basename(file)).toBe("from-study.experiment.json");
  expect(experiment).toMatchObject({ transfer_path: maps, transfer_selection_metric: "BA" });
  expect(JSON.parse(readFileSync(file, "utf8")).transfer_path).toBe("maps_study");
});

it("offers what can be done, and says why the rest cannot", () => {
  const split = (metrics: readonly string[]) => ({ split: 0, metrics, networks: [], inTraining: [] });
  const refusals = (metrics: readonly string[], groups: readonly string[], settings = true) =>
    nextSteps({ splits: [split(metrics)], groups }, settings).map(({ refusal }) => refusal);
  const all = ["train", "validation", "test"];
  expect(refusals(["loss"], all)).toEqual([null, null, null, null, null, null]);
  expect(refusals(["loss"], ["train", "validation"])[2]).toBe("nothingPredicted");
  expect(refusals([], all)).toEqual(["noModels", "noModels", "noModels", null, "noModels", null]);
  expect(refusals(["loss"], all, false).slice(4)).toEqual(["unreadSettings", "unreadSettings"]);
});
