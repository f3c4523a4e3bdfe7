import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { gridInSpace } from "../../../../src/data/nifti/imageInSpace";
import { fileSource } from "../../../../src/data/nifti/niftiSeries";
import { encodeNifti, writeNifti } from "../../../../src/data/nifti/niftiWrite";
import { anatomyOf, meanAnatomy } from "../../../../src/extension/panels/explain/anatomy";
import { atlasBeside } from "../../../../src/extension/panels/explain/atlasBeside";
import { fromExplainSchema } from "../../../../src/extension/panels/explain/explainMessages";
import { type ExplainEditor, ExplainSession } from "../../../../src/extension/panels/explain/explainSession";
import type { NiftiFile } from "../../../../src/extension/panels/nifti/readImage";
import { fromRunsSchema } from "../../../../src/extension/panels/runs/runsMessages";
import { mapsPlace } from "../../../../src/maps/folder/place";
import type { Affine } from "../../../../src/space/affine";
import { farthestApart } from "../../../../src/space/grid";
import type {
  Anatomy,
  ExplainSubject,
  ShownExplanation,
  ToExplain,
} from "../../../../webview/explain/messages";
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

describe("what maps lie over", () => {
  const stored = { orientation: "stored" } as const;
  const ending = AbortSignal.timeout(60_000);
  const written = (name: string, image: Parameters<typeof encodeNifti>[0]) => {
    const path = join(study, name);
    writeFileSync(path, encodeNifti(image));
    return path;
  };
  const imageOf = (anatomy: Anatomy | null) => {
    if (anatomy?.kind !== "image") throw new Error("no image");
    return anatomy;
  };
  /** From left to right or from right to left, the same head at the same place. */
  const fromLeft: Affine = [
    [2, 0, 0, -3],
    [0, 2, 0, 10],
    [0, 0, 2, 20],
    [0, 0, 0, 1],
  ];
  const fromRight: Affine = [
    [-2, 0, 0, 3],
    [0, 2, 0, 10],
    [0, 0, 2, 20],
    [0, 0, 0, 1],
  ];
  /** Values that rise along x, y, z by 1, 10 and 100 from the left, C order. */
  const rising = (turned: boolean) =>
    Float32Array.from({ length: 60 }, (_, i) => {
      const [x, y, z] = [Math.floor(i / 15), Math.floor(i / 3) % 5, i % 3];
      return (turned ? 3 - x : x) + 10 * y + 100 * z;
    });

  it("is the mean of images on the grid of the first, each brought to the same brightness", async () => {
    const files = [
      written("a.nii", { shape, data: volume(1) }),
      written("b.nii", { shape, data: volume(20) }),
      written("c.nii", { shape: [4, 4, 4], data: new Float32Array(64) }),
    ];
    const one = imageOf(await meanAnatomy(files.slice(0, 1), stored, ending));
    const mean = imageOf(await meanAnatomy(files, stored, ending));
    expect(mean.of).toBe(2);
    expect(Math.max(...mean.voxels)).toBeCloseTo(100, 3);
    for (const [voxel, value] of mean.voxels.entries()) expect(value).toBeCloseTo(one.voxels[voxel]!, 3);
  });

  it("is the mean of heads that are stored in other orders of their axes, each turned first", async () => {
    const one = written("a.nii", { shape, data: rising(false), affine: fromLeft });
    const other = written("b.nii", { shape, data: rising(true), affine: fromRight });
    const alone = imageOf(await meanAnatomy([one], stored, ending));
    const mean = imageOf(await meanAnatomy([other, one], stored, ending));
    const { size, affine } = mean.image;
    expect([mean.of, size]).toEqual([2, shape]);
    expect(farthestApart({ shape: size, affine }, { shape, affine: fromLeft })).toBe(0);
    expect(mean.voxels).toEqual(alone.voxels);
    // As files keep it, x is the fastest: the next voxel is one step to the right, the 20th behind it one upwards.
    const [here = 0, right = 0, above = 0] = [25, 26, 45].map((voxel) => alone.voxels[voxel]);
    expect((above - here) / (right - here)).toBeCloseTo(100, 2);
  });

  it("is the mean of images of other sizes where the study brings them to one", async () => {
    const wider = { shape: [6, 5, 3] as const, data: new Float32Array(90).map((_, i) => i) };
    const files = [
      written("a.nii", { shape, data: rising(false), affine: fromLeft }),
      written("b.nii", { ...wider, affine: [[2, 0, 0, -5], ...fromLeft.slice(1)] }),
    ];
    expect(imageOf(await meanAnatomy(files, stored, ending)).of).toBe(1);
    const mean = imageOf(await meanAnatomy(files, { orientation: "canonical", size: [4, 4, 3] }, ending));
    expect([mean.of, mean.image.size]).toEqual([2, [4, 4, 3]]);
  });

  it("of one participant lies on the grid of the maps, whatever the space of the study", async () => {
    const path = written("a.nii", { shape, data: rising(true), affine: fromRight });
    const asked = { path, file: fileOf(path) };
    const header = { file: path, shape, affine: fromRight };
    for (const space of [
      stored,
      { orientation: "canonical" },
      { orientation: "canonical", voxel_size: 1, size: [7, 6, 5] },
    ] as const) {
      const { image, voxels, of } = imageOf(await anatomyOf(asked, space));
      const grid = gridInSpace(header, space);
      expect({ shape: image.size, affine: image.affine, of }).toEqual({ ...grid, of: 1 });
      expect(voxels.length).toBe(grid.shape[0] * grid.shape[1] * grid.shape[2]);
    }
  });

  it("is none where no image can be read", async () => {
    const broken = join(study, "x.nii");
    writeFileSync(broken, new Uint8Array(10));
    expect(await meanAnatomy([broken, join(study, "none.nii")], stored, ending)).toBeNull();
  });
});
