import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { InputError } from "../../../src/experiment/problems/problem";
import { createMaps, type NewMaps, newMapsProblems } from "../../../src/maps/folder/createMaps";
import { readGroup, readTrainValidation, writeGroup } from "../../../src/maps/folder/groups";
import { parametersOf, readMapsJson } from "../../../src/maps/folder/mapsJson";
import { mapsPlace } from "../../../src/maps/folder/place";
import { experimentOf } from "../../support/experiment";
import { temporaryFolder } from "../../support/folder";
import { groupRow, newMapsContent } from "../../support/newMaps";
import { describeWithReference, reference } from "../../support/reference";

describe("createMaps", () => {
  it("writes ClinicaDL's tree: maps.json, environment, information and groups of every split", async () => {
    const maps = join(temporaryFolder(), "study", "maps");
    await createMaps(maps, newMapsContent());
    expect(readdirSync(maps).sort()).toEqual([
      "audit.json",
      "environment.txt",
      "groups",
      "information.log",
      "maps.json",
    ]);
    expect(readFileSync(join(maps, "environment.txt"), "utf8")).toBe(
      `gyrus==0.1.0\nonnxruntime-node==1.30.0\nnode==${process.versions.node}\n`,
    );
    expect(readFileSync(join(maps, "information.log"), "utf8")).toMatch(
      /^- Date :\t\d\d [A-Z][a-z]{2} \d{4}, \d\d:\d\d:\d\d\n\n- Path :\t.*maps\n\n- Model :\tConv5_FC3\n\n$/,
    );
    expect(readFileSync(join(maps, "groups/train/split-1/data.tsv"), "utf8")).toBe(
      "\tparticipant_id\tsession_id\tcohort\tdiagnosis\n0\tsub-002\tses-M000\tsingle\tCN\n",
    );
    expect(readFileSync(join(maps, "groups/validation/split-0/maps.json"), "utf8")).toBe(
      '{\n    "caps_directory": "/study/caps",\n    "multi_cohort": false\n}',
    );
    expect(readFileSync(join(maps, "groups/train+validation.tsv"), "utf8")).toBe(
      "participant_id\tsession_id\nsub-001\tses-M000\nsub-002\tses-M000\n",
    );
    expect(await readTrainValidation(maps)).toHaveLength(2);
  });

  it("refuses a folder that holds anything but the trainer's own log", async () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).trainerLog, "");
    writeFileSync(join(maps, ".DS_Store"), "");
    expect(await newMapsProblems(maps)).toEqual([]);
    writeFileSync(join(maps, "notes.txt"), "");
    expect(await newMapsProblems(maps)).toMatchObject([
      { severity: "error", file: maps, message: "The folder is not empty." },
    ]);
    await expect(createMaps(maps, newMapsContent())).rejects.toThrow(InputError);
    expect(existsSync(mapsPlace(maps).mapsJson)).toBe(false);
  });

  it.runIf(process.platform === "linux")("refuses a place where nothing can be written", async () => {
    expect(await newMapsProblems("/proc/sys/study/maps")).toMatchObject([
      { file: "/proc/sys/study/maps", message: "Nothing can be written to /proc/sys." },
    ]);
    expect(await newMapsProblems(join(temporaryFolder(), "study/maps"))).toEqual([]);
  });

  it("tells how a training goes on that is there already", async () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).mapsJson, "{}");
    expect((await newMapsProblems(maps))[0]?.remedy).toContain("`gyrus resume`");
  });

  it("refuses what a trainer of a former version left that was killed while it made its MAPS: nothing tells whose it is", async () => {
    const maps = join(temporaryFolder(), "maps");
    await createMaps(maps, newMapsContent());
    rmSync(mapsPlace(maps).mapsJson);
    expect(await newMapsProblems(maps)).toMatchObject([
      {
        file: maps,
        message: "A training was ended here before it had made its MAPS: there is nothing to go on with.",
      },
    ]);
    writeFileSync(join(maps, "notes.txt"), "");
    expect(await newMapsProblems(maps)).toMatchObject([{ message: "The folder is not empty." }]);
  });

  it("refuses a second MAPS in the same folder, and a file of that name", async () => {
    const maps = join(temporaryFolder(), "maps");
    await createMaps(maps, newMapsContent());
    await expect(createMaps(maps, newMapsContent())).rejects.toThrow("already a MAPS");
    expect(await newMapsProblems(mapsPlace(maps).mapsJson)).toMatchObject([
      { message: "There is a file of this name." },
    ]);
  });

  it("leaves nothing behind when it fails half-way, so that the next try is not refused", async () => {
    const maps = join(temporaryFolder(), "maps");
    const broken: NewMaps = {
      ...newMapsContent(),
      get model(): string {
        throw new Error("disk full");
      },
    };
    await expect(createMaps(maps, broken)).rejects.toThrow("disk full");
    expect(existsSync(maps)).toBe(false);
    await createMaps(maps, newMapsContent());
  });
});

describe("groups", () => {
  it("writes user groups without index column, and reads both kinds", async () => {
    const maps = temporaryFolder();
    const group = {
      rows: [groupRow("sub-003", "AD")],
      label: "diagnosis",
      capsDirectory: "/caps",
      multiCohort: false,
    };
    await writeGroup(mapsPlace(maps).group("test"), group);
    await writeGroup(mapsPlace(maps).group("train", 0), group);
    expect(readFileSync(join(maps, "groups/test/data.tsv"), "utf8")).toBe(
      "participant_id\tsession_id\tcohort\tdiagnosis\nsub-003\tses-M000\tsingle\tAD\n",
    );
    expect(await readGroup(mapsPlace(maps).group("test"))).toEqual(group);
    expect(await readGroup(mapsPlace(maps).group("train", 0))).toEqual(group);
  });

  it("writes no label column where there is no label", async () => {
    const maps = temporaryFolder();
    const rows = [{ participantId: "sub-003", sessionId: "ses-M000", cohort: "single" }];
    const group = { rows, label: null, capsDirectory: "/caps", multiCohort: true };
    await writeGroup(mapsPlace(maps).group("test"), group);
    expect(await readGroup(mapsPlace(maps).group("test"))).toEqual(group);
  });

  it("says which group cannot be read", async () => {
    await expect(readGroup(mapsPlace(temporaryFolder()).group("test"))).rejects.toThrow(
      'The data group "test" cannot be read.',
    );
  });

  it("says whose settings are damaged", async () => {
    const maps = temporaryFolder();
    await writeGroup(mapsPlace(maps).group("test"), {
      rows: [],
      label: null,
      capsDirectory: "/caps",
      multiCohort: false,
    });
    writeFileSync(join(maps, "groups/test/maps.json"), '{"caps_dir');
    await expect(readGroup(mapsPlace(maps).group("test"))).rejects.toThrow(
      'The settings of the data group "test" are not JSON.',
    );
  });
});

describe("maps.json", () => {
  const facts = { partsPerImage: 36, inputSize: [1, 50, 50, 50], outputSize: 2 };

  it("is an experiment file that resolves to the same experiment", () => {
    const experiment = experimentOf({
      label_code: { AD: 0, CN: 1 },
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 40 },
      learning_rate: 0.001,
      architecture: {
        convolutions: [{ layer: "Conv", out_channels: 4 }],
        fc: [{ layer: "Flatten" }, { layer: "Linear" }],
      },
    });
    const json = JSON.parse(JSON.stringify(parametersOf(experiment, facts, "0.1.0")));
    const { experiment: again, problems } = resolveExperiment(json, "/study/maps/maps.json");
    expect(problems).toEqual([]);
    expect(again).toEqual(experiment);
  });

  it("keeps only the preprocessing settings of the mode", () => {
    const experiment = experimentOf({ preprocessing_dict: { mode: "patch" } });
    const { preprocessing_dict } = parametersOf(experiment, facts, "0.1.0");
    expect(preprocessing_dict).toEqual({
      preprocessing: "t1-linear",
      mode: "patch",
      use_uncropped_image: false,
      prepare_dl: false,
      patch_size: 50,
      stride_size: 50,
    });
  });

  it("is read with the facts about the network, and with today's keys where it is old", async () => {
    const maps = temporaryFolder();
    writeFileSync(
      mapsPlace(maps).mapsJson,
      `\uFEFF${JSON.stringify({ model: "Conv5_FC3", multi: true, use_cpu: true, num_networks: 4 })}`,
    );
    expect(await readMapsJson(maps)).toMatchObject({
      json: { architecture: "Conv5_FC3", multi_network: true, gpu: false },
      gyrusVersion: null,
      partsPerImage: 4,
      inputSize: [],
      outputSize: null,
    });
  });

  it("is reported when it is missing or damaged", async () => {
    const maps = temporaryFolder();
    await expect(readMapsJson(maps)).rejects.toThrow("There is no maps.json");
    writeFileSync(mapsPlace(maps).mapsJson, '{"architecture": "Conv');
    await expect(readMapsJson(maps)).rejects.toThrow("It is not the JSON of a MAPS.");
  });
});

describeWithReference("ClinicaDL's MAPS", ["reference/maps_image", "reference/maps_ae"], () => {
  it.each([
    ["maps_image", "diagnosis"],
    ["maps_ae", null],
  ])("%s: groups are read whole", async (name, label) => {
    const maps = reference(`reference/${name}`);
    for (const split of [0, 1]) {
      const train = await readGroup(mapsPlace(maps).group("train", split));
      const validation = await readGroup(mapsPlace(maps).group("validation", split));
      expect(train).toMatchObject({ label, capsDirectory: "caps", multiCohort: false });
      expect([train.rows.length, validation.rows.length]).toEqual([11, 9]);
    }
    expect((await readGroup(mapsPlace(maps).group("test"))).rows[0]).toMatchObject({
      participantId: "sub-003",
      cohort: "single",
    });
    expect(await readTrainValidation(maps)).toHaveLength(22);
  });

  it.each(["maps_image", "maps_ae"])("%s: groups read and written again are the same bytes", async (name) => {
    const theirs = reference(`reference/${name}`);
    const ours = temporaryFolder();
    await writeGroup(mapsPlace(ours).group("train", 0), await readGroup(mapsPlace(theirs).group("train", 0)));
    await writeGroup(mapsPlace(ours).group("test"), await readGroup(mapsPlace(theirs).group("test")));
    for (const file of [
      "train/split-0/data.tsv",
      "train/split-0/maps.json",
      "test/data.tsv",
      "test/maps.json",
    ]) {
      expect(readFileSync(join(ours, "groups", file), "utf8")).toBe(
        readFileSync(join(theirs, "groups", file), "utf8"),
      );
    }
  });

  it.each(["maps_image", "maps_ae"])(
    "%s: maps.json has the keys that we write, in the same order",
    async (name) => {
      const maps = reference(`reference/${name}`);
      const { json, gyrusVersion, partsPerImage, inputSize, outputSize } = await readMapsJson(maps);
      expect(gyrusVersion).toBeNull();
      expect(inputSize).toEqual([1, 49, 57, 45]);
      const theirs = JSON.parse(readFileSync(mapsPlace(maps).mapsJson, "utf8"));
      const { experiment } = resolveExperiment(json, mapsPlace(maps).mapsJson);
      const ours = parametersOf(experiment!, { partsPerImage, inputSize, outputSize: outputSize! }, "0.1.0");
      expect(Object.keys(ours).slice(0, Object.keys(theirs).length)).toEqual(Object.keys(theirs));
      const { caps_directory, tsv_path, ...same } = theirs;
      expect(ours).toMatchObject(same);
      expect([ours.caps_directory, ours.tsv_path]).toEqual([
        join(maps, caps_directory),
        join(maps, tsv_path),
      ]);
    },
  );
});
