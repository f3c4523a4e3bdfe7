import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { fileSource, memorySource } from "../../../../src/data/nifti/niftiSeries";
import { encodeNifti, writeNifti } from "../../../../src/data/nifti/niftiWrite";
import { atlasBeside } from "../../../../src/extension/panels/explain/atlasBeside";
import { fromExplainSchema } from "../../../../src/extension/panels/explain/explainMessages";
import { type ExplainEditor, ExplainSession } from "../../../../src/extension/panels/explain/explainSession";
import { meanAnatomy } from "../../../../src/extension/panels/explain/meanAnatomy";
import type { NiftiFile } from "../../../../src/extension/panels/nifti/readImage";
import { fromRunsSchema } from "../../../../src/extension/panels/runs/runsMessages";
import { mapsPlace } from "../../../../src/maps/folder/place";
import type { ExplainSubject, ShownExplanation, ToExplain } from "../../../../webview/explain/messages";
import { writeAnsweredMaps } from "../../../support/answeredMaps";
import { temporaryFolder } from "../../../support/folder";

const shape = [4, 5, 3] as const;
const volume = (value: number) => Float32Array.from({ length: 60 }, (_, i) => value * (i - 30));

let subject: ExplainSubject;
let study: string;
beforeEach(async () => {
  study = temporaryFolder();
  const maps = join(study, "maps");
  await writeAnsweredMaps(maps, {
    groups: {
      test: [
        { id: "sub-01", truth: 0, answers: [[0.9, 0.1]] },
        { id: "sub-02", truth: 1, answers: [[0.7, 0.3]] },
      ],
    },
  });
  const folder = join(mapsPlace(maps).split(0).best("BA").results("test").folder, "interpret-why");
  mkdirSync(folder, { recursive: true });
  for (const name of ["mean", "sub-01_ses-M000", "sub-02_ses-M000", "sub-03_ses-M000"])
    await writeNifti(join(folder, `${name}_image-0_map.nii.gz`), { shape, data: volume(1) });
  const weightsTest = { samples: 3, rank: 0.9, absoluteRank: 0.8, similarity: 0.9, depends: false };
  writeFileSync(
    join(folder, "interpretation.json"),
    JSON.stringify({ method: "occlusion", node: 1, findings: { weightsTest } }),
  );
  subject = { maps, group: "test", split: 0, metric: "BA", name: "why" };
});

const fileOf = (path: string): NiftiFile => ({
  uri: `file://${path}`,
  name: basename(path),
  size: async () => 1,
  beside: async (extension) => {
    const table = path.replace(/\.nii(\.gz)?$/, extension);
    return existsSync(table) ? readFileSync(table, "utf8") : null;
  },
  open: async () => fileSource(path),
});

function sessionOf() {
  const sent: ToExplain[] = [];
  const opened: ExplainSubject[] = [];
  const editor: ExplainEditor = {
    folders: [],
    file: fileOf,
    layerFile: (uri, named) => (named ? fileOf(uri.replace("file://", "")) : null),
    chooseLayer: async () => undefined,
    open: (one) => opened.push(one),
    save: async () => {},
  };
  return { session: new ExplainSession(subject, {}, (message) => sent.push(message), editor), sent, opened };
}

async function explained(): Promise<ShownExplanation> {
  const { session, sent } = sessionOf();
  await session.receive({ kind: "hello" });
  const message = sent.find((one) => one.kind === "explanation");
  if (message?.kind !== "explanation") throw new Error(JSON.stringify(sent));
  return message.explanation;
}

describe("an explanation", () => {
  it("tells who is in it, those who were answered wrongly first, and whether its maps depend on the weights", async () => {
    const { people, of, method, depends, findings, parts } = await explained();
    expect({ of, method, depends, parts }).toEqual({
      of: "CN",
      method: "occlusion",
      depends: false,
      parts: [0],
    });
    expect(findings[0]).toContain("explains no answer");
    expect(people).toEqual([
      {
        ...{ participantId: "sub-02", sessionId: "ses-M000", truth: "CN", answer: "AD" },
        ...{ probability: 0.7, wrong: true },
      },
      {
        ...{ participantId: "sub-01", sessionId: "ses-M000", truth: "AD", answer: "AD" },
        ...{ probability: 0.9, wrong: false },
      },
      {
        ...{ participantId: "sub-03", sessionId: "ses-M000", truth: null, answer: null },
        ...{ probability: null, wrong: null },
      },
    ]);
  });

  it("gives the map of a participant, over itself where the image is not here, and no file but those that it named", async () => {
    const { session, sent } = sessionOf();
    await session.receive({ kind: "hello" });
    const ask = async (name: "show" | "openLayer", args: never) => {
      await session.receive({ kind: "request", id: sent.length, name, args });
      const answer = sent.at(-1);
      return answer?.kind === "answer" ? answer.value : answer;
    };
    const uri = expect.stringMatching(/sub-02_ses-M000_image-0_map\.nii\.gz$/);
    const shown = await ask("show", [0, 0] as never);
    expect(shown).toMatchObject({ anatomy: { kind: "map" }, map: { uri, isMap: true } });
    const { map } = shown as { map: { uri: string } };
    expect(await ask("openLayer", [map.uri, 0] as never)).toMatchObject({ kind: "layer" });
    expect(await ask("openLayer", ["file:///etc/secret.nii", 0] as never)).toEqual({ kind: "elsewhere" });
    expect(await ask("show", [9, 0] as never)).toMatchObject({ kind: "failure" });
  });

  it("finds an atlas beside the study, by the table of its names", async () => {
    const folder = join(study, "atlases");
    mkdirSync(folder);
    for (const name of ["aal.nii", "other.nii", "sub-01_T1w.nii"])
      writeFileSync(join(folder, name), encodeNifti({ shape, data: volume(0) }));
    expect(await atlasBeside([study])).toBeNull();
    writeFileSync(join(folder, "sub-01_T1w.tsv"), "");
    writeFileSync(join(folder, "aal.tsv"), "index\tname\n1\tHippocampus\n");
    expect(await atlasBeside([study])).toBe(join(folder, "aal.nii"));
  });

  it("takes from its view no row and no name that leads elsewhere", () => {
    const asks = (message: unknown) => fromExplainSchema.safeParse(message).success;
    const request = { kind: "request", id: 1, name: "show" };
    expect(asks({ ...request, args: [-1, 0] })).toBe(true);
    expect(asks({ ...request, args: [-2, 0] })).toBe(false);
    expect(asks({ ...request, args: ["../x", 0] })).toBe(false);
    expect(asks({ kind: "save", name: "../x.csv", content: "" })).toBe(false);
    expect(asks({ kind: "save", name: "..", content: "" })).toBe(false);
    const group = (name: string) => fromRunsSchema.safeParse({ kind: "group", group: name }).success;
    expect(["test", "..x", "..", ".", "a/b", ""].filter(group)).toEqual(["test", "..x"]);
  });
});

describe("the mean brain of a group", () => {
  const inMemory = (name: string, data: Float32Array, size: readonly [number, number, number] = shape) => ({
    ...fileOf(name),
    open: async () => memorySource(name, encodeNifti({ shape: size, data })),
  });

  it("is of the images on the grid of the first, each brought to the same brightness", async () => {
    const files = [
      inMemory("a.nii", volume(1)),
      inMemory("b.nii", volume(20)),
      inMemory("c.nii", new Float32Array(64), [4, 4, 4]),
    ];
    const one = await meanAnatomy(files.slice(0, 1), AbortSignal.timeout(60_000));
    const mean = await meanAnatomy(files, AbortSignal.timeout(60_000));
    expect(mean?.of).toBe(2);
    expect(Math.max(...mean!.voxels)).toBeCloseTo(100, 3);
    for (const [voxel, value] of mean!.voxels.entries()) expect(value).toBeCloseTo(one!.voxels[voxel]!, 3);
  });

  it("is none where no image can be read", async () => {
    const broken = { ...fileOf("x.nii"), open: async () => memorySource("x.nii", new Uint8Array(10)) };
    expect(await meanAnatomy([broken], AbortSignal.timeout(60_000))).toBeNull();
  });
});
