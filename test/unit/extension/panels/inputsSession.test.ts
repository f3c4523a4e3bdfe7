import { writeFileSync } from "node:fs";
import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { measuredImage, networkInput } from "../../../../src/data/batches/networkInput";
import { fitLandmarks } from "../../../../src/data/intensity/histogram";
import type { SettingsOf } from "../../../../src/data/intensity/method";
import { readNifti } from "../../../../src/data/nifti/nifti";
import { writeNifti } from "../../../../src/data/nifti/niftiWrite";
import { surveyData } from "../../../../src/data/plan/experimentData";
import type { ExperimentInput } from "../../../../src/experiment/schema/schema";
import { InputsSession } from "../../../../src/extension/panels/inputs/inputsSession";
import type { ToInputs } from "../../../../webview/inputs/messages";
import { temporaryFolder } from "../../../support/folderOfFile";
import { inputsThread } from "../../../support/inputsThread";
import {
  experimentOn,
  imageFile,
  person,
  tinySize,
  writeCaps,
  writeImage,
  writeTable,
} from "../../../support/study";

const root = temporaryFolder();
let folder = root;
let study = 0;
const train = [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "CN")];
const validation = [person("sub-4", "CN"), person("sub-5", "AD")];

beforeEach(async () => {
  folder = join(root, `study-${study++}`);
  await writeCaps(join(folder, "caps"), [...train, ...validation]);
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), validation);
});

function sessionOf(experiment: object, thread = inputsThread()) {
  const path = join(folder, "study.experiment.json");
  writeFileSync(path, JSON.stringify({ caps_directory: "caps", tsv_path: "split", ...experiment }));
  const sent: ToInputs[] = [];
  const opened: (readonly [string, number | null])[] = [];
  const session = new InputsSession(
    { path, uri: `file://${path}`, name: "study.experiment.json" },
    {},
    (message) => sent.push(message),
    {
      open: async (file, line) => {
        opened.push([file, line]);
      },
      chooseLayer: async () => ({ uri: "file:///atlas.nii", name: "atlas.nii", isMap: false }),
      openLayer: () => null,
      save: async () => {},
    },
    thread,
  );
  const last = <Kind extends ToInputs["kind"]>(kind: Kind) =>
    sent.findLast((message): message is Extract<ToInputs, { kind: Kind }> => message.kind === kind);
  return { session, sent, opened, last, path };
}
const hello = { kind: "hello" } as const;
const readInput = (image: number, part: number, id = 1) =>
  ({ kind: "request", id, name: "readInput", args: [image, part] }) as const;
const answerSchema = z.object({ value: z.object({ values: z.instanceof(Float32Array) }) });
const valuesOf = (answer: unknown) => answerSchema.parse(answer).value.values;

describe("the host of an input preview", () => {
  it("plans the inputs of an experiment file", async () => {
    const { session, sent, last } = sessionOf({
      preprocessing_dict: { mode: "patch", patch_size: 3, stride_size: 1 },
    });
    await session.receive(hello);
    expect(sent.map(({ kind }) => kind)).toEqual(["welcome", "planning", "plan"]);
    expect(last("plan")?.problems).toEqual([]);
    expect(last("plan")?.plan).toMatchObject({
      task: "classification",
      label: "diagnosis",
      classes: ["AD", "CN"],
      intensity: "min-max",
      imageSize: tinySize,
      inputSize: [1, 3, 3, 3],
      cut: { mode: "patch", size: 3, stride: 1, counts: [4, 3, 2] },
      images: [{ participant: "sub-1", session: "ses-M000", cohort: "single", label: "AD" }, {}, {}, {}, {}],
      splits: [{ split: 0, train: Uint32Array.from([0, 1, 2]), validation: Uint32Array.from([3, 4]) }],
    });
  });

  it("sends an image as it is on the disk", async () => {
    const { session, last } = sessionOf({});
    await session.receive(hello);
    await session.receive({ kind: "request", id: 5, name: "readImage", args: [1] });
    expect(last("answer")).toMatchObject({ id: 5, value: { size: tinySize, voxelSize: [1, 1, 1] } });
    expect(valuesOf(last("answer")).slice(0, 3)).toEqual(Float32Array.from([1000, 1001, 1002]));
  });

  it("sends an image before and after it is put on the grid of the training", async () => {
    const { session, last } = sessionOf({ space: { orientation: "canonical", voxel_size: 0.5, size: 7 } });
    await session.receive(hello);
    await session.receive({ kind: "request", id: 5, name: "readImage", args: [1] });
    expect(last("answer")).toMatchObject({ value: { size: [7, 7, 7], voxelSize: [0.5, 0.5, 0.5] } });
    await session.receive({ kind: "request", id: 6, name: "readStored", args: [1] });
    expect(last("answer")).toMatchObject({ id: 6, value: { size: tinySize, voxelSize: [1, 1, 1] } });
  });

  const cuts: readonly (readonly [string, ExperimentInput["preprocessing_dict"]])[] = [
    ["whole images", {}],
    ["patches", { mode: "patch", patch_size: 3, stride_size: 2 }],
    ["slices", { mode: "slice", slice_direction: 1, discarded_slices: 1 }],
  ];
  it.each(cuts)("sends each input as the training reads it: %s", async (_, preprocessing) => {
    const { session, last } = sessionOf({ preprocessing_dict: preprocessing });
    await session.receive(hello);
    const { plan } = await surveyData(
      experimentOn(folder, { preprocessing_dict: preprocessing, normalize: true }),
    );
    const file = imageFile(join(folder, "caps"), "sub-2");
    const { header, data } = await readNifti(file);
    for (const part of [0, plan!.partNumbers.length - 1]) {
      await session.receive(readInput(1, part, 7 + part));
      const expected = networkInput({ file, size: header.shape, data }, plan!.input, part);
      expect(last("answer")?.id).toBe(7 + part);
      expect(valuesOf(last("answer"))).toEqual(expected);
    }
  });

  it("standardises histograms by those of the training images, for two inputs that are asked for at once", async () => {
    const intensity: SettingsOf<"histogram"> = {
      kind: "histogram",
      range: [0, 1],
      over: { above: 0 },
      each: "image",
    };
    const { session, sent } = sessionOf({ intensity });
    await session.receive(hello);
    await Promise.all([session.receive(readInput(0, 0, 1)), session.receive(readInput(4, 0, 2))]);
    const { plan } = await surveyData(experimentOn(folder, { intensity }));
    const { input } = plan!;
    const read = async (participant: string) => {
      const file = imageFile(join(folder, "caps"), participant);
      const { header, data } = await readNifti(file);
      return { file, size: header.shape, data, measured: measuredImage({ file, data }, input) };
    };
    const trained = await Promise.all(["sub-1", "sub-2", "sub-3"].map(read));
    const standard = fitLandmarks(
      trained.map(({ measured = [] }) => measured),
      intensity,
    );
    for (const [id, participant] of [
      [1, "sub-1"],
      [2, "sub-5"],
    ] as const) {
      const answer = sent.find((message) => message.kind === "answer" && message.id === id);
      expect(valuesOf(answer)).toEqual(networkInput(await read(participant), input, 0, { standard }));
    }
  });

  it("sends the regions without memory that only workers may share", async () => {
    const mask = join(
      folder,
      "caps/masks/tpl-MNI152NLin2009cSym/tpl-MNI152NLin2009cSym_desc-Crop_res-1x1x1_roi-corner_mask.nii.gz",
    );
    const data = Uint8Array.from({ length: 120 }, (_, i) => Number(i === 0 || i === 5));
    await writeNifti(mask, { shape: tinySize, data });
    const { session, last } = sessionOf({ preprocessing_dict: { mode: "roi", roi_list: ["corner"] } });
    await session.receive(hello);
    const cut = last("plan")?.plan?.cut;
    const region = cut?.mode === "roi" ? cut.regions[0] : undefined;
    expect(region).toEqual({
      name: "corner",
      planes: [[0], [0, 1], [0, 1]],
      mask: Uint8Array.from([1, 0, 0, 1]),
    });
    expect(region?.mask?.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it("shows what is left beside the problems, each with its file and line", async () => {
    await rm(imageFile(join(folder, "caps"), "sub-2"));
    const { session, last, path } = sessionOf({ batchsize: 3 });
    await session.receive(hello);
    expect(last("plan")?.plan?.images.map(({ participant }) => participant)).toEqual([
      "sub-1",
      "sub-3",
      "sub-4",
      "sub-5",
    ]);
    expect(last("plan")?.problems).toMatchObject([
      { severity: "warning", file: path, line: null, where: "batchsize" },
      { severity: "error", file: join(folder, "split/train.tsv"), line: 3, where: "row 3" },
    ]);
  });

  it("says why there is nothing to look at", async () => {
    const { session, last, path } = sessionOf({ caps_directory: "nowhere" });
    await session.receive(hello);
    expect(last("plan")?.plan).toBeNull();
    expect(last("plan")?.problems[0]?.message).toMatch(/does not exist|no folder|not a CAPS/i);
    writeFileSync(path, "{ no json");
    await session.receive({ kind: "again" });
    expect(last("plan")?.problems).toMatchObject([{ severity: "error", file: path }]);
  });

  it("says which image cannot be read, or would poison the training", async () => {
    const broken = imageFile(join(folder, "caps"), "sub-1");
    await writeImage(imageFile(join(folder, "caps"), "sub-2"), () => 7);
    const { session, last } = sessionOf({});
    await session.receive(hello);
    await truncate(broken, 60);
    await session.receive(readInput(0, 0, 1));
    expect(last("failure")).toMatchObject({ id: 1, failure: [{ file: broken }] });
    expect(last("failure")?.failure[0]?.message).toMatch(/^sub-1 ses-M000: /);
    await session.receive(readInput(1, 0, 2));
    expect(last("failure")?.id).toBe(2);
    expect(last("failure")?.failure[0]?.message).toBe("sub-2 ses-M000: Every voxel of the image is 7.");
  });

  it("refuses requests for what is not in the plan", async () => {
    const { session, sent } = sessionOf({});
    await session.receive({ kind: "request", id: 1, name: "readImage", args: [0] });
    await session.receive(hello);
    await session.receive({ kind: "request", id: 2, name: "readImage", args: [99] });
    await session.receive(readInput(0, 1, 3));
    const refused = sent.filter((message) => message.kind === "failure");
    expect(refused.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(sent.some(({ kind }) => kind === "answer")).toBe(false);
  });

  it("computes nothing that the view does not wait for any more", async () => {
    const { session, sent } = sessionOf({});
    await session.receive(hello);
    const slow = session.receive(readInput(0, 0, 1));
    await session.receive({ kind: "cancel", id: 1 });
    await session.receive(readInput(1, 0, 2));
    await slow;
    expect(sent.flatMap((message) => (message.kind === "answer" ? [message.id] : []))).toEqual([2]);
  });

  it("has inputs made in a thread, and says of which image none came of it", async () => {
    const program = join(folder, "ends.mjs");
    writeFileSync(program, "process.exit(0);");
    const { session, last } = sessionOf({}, inputsThread(program));
    await session.receive(hello);
    await session.receive({ kind: "request", id: 1, name: "readImage", args: [0] });
    expect(last("answer")?.id).toBe(1);
    await session.receive(readInput(0, 0, 2));
    expect(last("failure")).toMatchObject({
      id: 2,
      failure: [
        {
          file: imageFile(join(folder, "caps"), "sub-1"),
          message:
            "sub-1 ses-M000: No input was made of the image: the thread that makes it ended before it had made it.",
        },
      ],
    });
  });

  it("waits for nothing while the view is out of sight", async () => {
    const { session, sent } = sessionOf({});
    await session.receive(hello);
    const asked = session.receive(readInput(0, 0, 1));
    session.hidden();
    await asked;
    expect(sent.map(({ kind }) => kind)).toEqual(["welcome", "planning", "plan"]);
    await session.receive(readInput(0, 0, 2));
    expect(sent.at(-1)).toMatchObject({ kind: "answer", id: 2 });
  });

  it("opens what a problem names", async () => {
    const { session, opened } = sessionOf({});
    await session.receive({ kind: "open", file: "/data/train.tsv", line: 4 });
    expect(opened).toEqual([["/data/train.tsv", 4]]);
  });
});
