/** That ClinicaDL 1.6 can read what Gyrus writes: what its `path_decoder` and `MapsManager` ask of maps.json. Its own code: readByClinicadl.test.ts. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { writeGroup } from "../../../src/maps/folder/groups";
import { parametersOf } from "../../../src/maps/folder/mapsJson";
import { mapsPlace } from "../../../src/maps/folder/place";
import { temporaryFolder } from "../../support/folder";
import { newerExperiments } from "../../support/newerExperiments";

const FACTS = { partsPerImage: 36, inputSize: [1, 50, 50, 50], outputSize: 2 };

/** Keys that ClinicaDL 1.6.1 reads of a MAPS without a default of its own, each with a type that it works with. */
const READ: Readonly<Record<string, (value: unknown) => boolean>> = {
  architecture: (value) => typeof value === "string" || typeof value === "object",
  multi_network: (value) => typeof value === "boolean",
  multi_cohort: (value) => typeof value === "boolean",
  normalize: (value) => typeof value === "boolean",
  data_augmentation: (value) => value === false || Array.isArray(value),
  size_reduction: (value) => typeof value === "boolean",
  save_all_models: (value) => typeof value === "boolean",
  n_splits: Number.isInteger,
  num_networks: Number.isInteger,
  input_size: Array.isArray,
  output_size: (value) => Number.isInteger(value) || Array.isArray(value),
  network_task: (value) => typeof value === "string",
  caps_directory: (value) => typeof value === "string",
  tsv_path: (value) => typeof value === "string",
  mode: (value) => typeof value === "string",
  preprocessing_dict: (value) => typeof value === "object" && value !== null && "preprocessing" in value,
};

/** Values that ClinicaDL hands to `Path`, of an object and all within it. */
const pathsIn = (json: unknown): unknown[] =>
  typeof json !== "object" || json === null
    ? []
    : Object.entries(json).flatMap(([key, value]) => [
        ...(/(tsv|dir|directory|path|json|location)$/.test(key) && !Array.isArray(json) ? [value] : []),
        ...pathsIn(value),
      ]);

describe.each(Object.entries(newerExperiments()))("maps.json of %s", (_, experiment) => {
  const json = JSON.parse(JSON.stringify(parametersOf(experiment, FACTS, "0.1.0")));

  it("has text wherever ClinicaDL makes a path of a value", () => {
    const paths = pathsIn(json);
    expect(paths.length).toBeGreaterThan(2);
    expect(paths.filter((path) => typeof path !== "string" && path !== false)).toEqual([]);
  });

  it("has what ClinicaDL reads, of its types", () => {
    const wrong = Object.entries(READ).filter(([key, isRight]) => !isRight(json[key]));
    expect(wrong.map(([key]) => `${key}: ${JSON.stringify(json[key])}`)).toEqual([]);
  });

  it("is the same experiment when it is read again", () => {
    const { experiment: again, problems } = resolveExperiment(json, "/study/maps/maps.json");
    expect(problems).toEqual([]);
    const { images } = experiment;
    const direction = images !== null && "dir" in images ? { dir: images.dir === 1 ? "1" : images.dir } : {};
    expect(again).toEqual(
      images === null ? experiment : { ...experiment, images: { ...images, ...direction } },
    );
  });
});

it("has text in the maps.json of a group, too", async () => {
  const maps = temporaryFolder();
  const place = mapsPlace(maps).group("test");
  const images = { bids: "/study/bids", suffix: "T1w", dir: null };
  await writeGroup(place, { rows: [], label: null, capsDirectory: "", images, multiCohort: false });
  expect(JSON.parse(readFileSync(place.mapsJson, "utf8"))).toEqual({
    caps_directory: "",
    multi_cohort: false,
    images: { bids: "/study/bids", suffix: "T1w", dir: "" },
  });
});
