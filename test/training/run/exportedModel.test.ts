import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const SIZE: [number, number, number] = [12, 14, 10];

async function exported(changes: Readonly<Record<string, unknown>>) {
  const folder = temporaryFolder();
  const maps = join(folder, "maps");
  await writePhantomStudy(folder, { train: 8, validation: 4, size: SIZE });
  await trainPhantom(phantomExperiment(folder, { epochs: 2, selection_metrics: ["loss"], ...changes }), maps);
  const file = join(folder, "model.onnx");
  const { printed } = await gyrus("export", maps, file, "--json");
  return { folder, maps, reply: resultOf(printed), session: await InferenceSession.create(file), file };
}

/** What `predict` wrote for the validation set. */
const predicted = async (maps: string, mode: "image" | "patch") => {
  const place = mapsPlace(maps).split(0).best("loss").results("validation");
  const table = await readPredictions(place.predictionTsv(mode), "classification");
  return table.task === "classification" ? table.rows : [];
};

describe("gyrus export", () => {
  it("gives predict's probabilities from raw voxels", async () => {
    const { folder, maps, reply, session, file } = await exported({});
    expect(reply).toMatchObject({ split: 0, metric: "loss", part: null });
    for (const row of await predicted(maps, "image")) {
      const { data } = await readNifti(imageFile(join(folder, "caps"), row.participantId));
      const feeds = { image: new Tensor("float32", Float32Array.from(data), [1, 1, ...SIZE]) };
      const { probabilities } = await session.run(feeds);
      expect(probabilities?.dims).toEqual([1, 2]);
      for (const [code, p] of row.probabilities.entries()) {
        expect(Math.abs(Number(probabilities?.data[code]) - p)).toBeLessThan(1e-6);
      }
    }
    // A background of one value is no division by 0, and a voxel that is no number counts as 0.
    const flat = new Float32Array(SIZE[0] * SIZE[1] * SIZE[2]).fill(Number.NaN);
    const answer = await session.run({ image: new Tensor("float32", flat, [1, 1, ...SIZE]) });
    expect(Number.isFinite(Number(answer.probabilities?.data[0]))).toBe(true);
    const text = readFileSync(file, "latin1");
    expect(text).toContain('["AD","CN"]');
    expect(text).not.toContain(folder);
  });

  it("answers a patch, and leaves the votes outside", async () => {
    const patches = {
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 6, stride_size: 6 },
    };
    const { folder, maps, session, file } = await exported(patches);
    expect(readFileSync(file, "latin1")).toContain("soft, outside this file");
    const rows = (await predicted(maps, "patch")).slice(0, 6);
    for (const row of rows) {
      const { data } = await readNifti(imageFile(join(folder, "caps"), row.participantId));
      const part = patchAt(Float32Array.from(data), row.part);
      const { probabilities } = await session.run({ image: new Tensor("float32", part, [1, 1, 6, 6, 6]) });
      for (const [code, p] of row.probabilities.entries()) {
        expect(Math.abs(Number(probabilities?.data[code]) - p)).toBeLessThan(1e-6);
      }
    }
  });

  it("gives back the reconstruction of an autoencoder, and refuses a part that there is not", async () => {
    const { maps, session, folder } = await exported({ network_task: "reconstruction" });
    const image = new Tensor(
      "float32",
      Float32Array.from({ length: 1680 }, (_, i) => i % 17),
      [1, 1, ...SIZE],
    );
    expect((await session.run({ image })).reconstruction?.dims).toEqual([1, 1, ...SIZE]);
    expect((await gyrus("export", maps, join(folder, "x.onnx"), "--part", "3")).said).toContain(
      "There is no network 3",
    );
  });
});

/** The patch of that number of a 12 x 14 x 10 image: 2 x 2 x 1 of them, the last axis first. */
function patchAt(voxels: Float32Array, part: number): Float32Array {
  const [x, y] = [Math.floor(part / 2) * 6, (part % 2) * 6];
  const patch = new Float32Array(216);
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++)
      for (let k = 0; k < 6; k++) patch[(i * 6 + j) * 6 + k] = voxels[((x + i) * 14 + y + j) * 10 + k]!;
  return patch;
}
