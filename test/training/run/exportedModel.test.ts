import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import * as web from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import type { Mode } from "../../../src/experiment/schema/preprocessing";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const SIZE: [number, number, number] = [12, 14, 10];

// The same WebAssembly as in a page. Node has no page to fetch it from, so it is read from the package; threads would be web workers.
web.env.wasm.wasmPaths = new URL("../../../node_modules/onnxruntime-web/dist/", import.meta.url).href;
web.env.wasm.numThreads = 1;

interface Runtime {
  readonly name: string;
  /** Largest difference from what `predict` wrote. */
  readonly tolerance: number;
  readonly run: (voxels: Float32Array, dims: readonly number[]) => Promise<InferenceSession.OnnxValueMapType>;
}

async function runtimesOf(file: string): Promise<readonly Runtime[]> {
  const node = await InferenceSession.create(file);
  const page = await web.InferenceSession.create(readFileSync(file));
  return [
    {
      name: "onnxruntime-node",
      tolerance: 1e-6,
      run: (voxels, dims) => node.run({ image: new Tensor("float32", voxels, dims) }),
    },
    {
      name: "onnxruntime-web",
      tolerance: 1e-5,
      run: (voxels, dims) => page.run({ image: new web.Tensor("float32", voxels, dims) }),
    },
  ];
}

async function exported(changes: Readonly<Record<string, unknown>>) {
  const folder = temporaryFolder();
  const maps = join(folder, "maps");
  await writePhantomStudy(folder, { train: 8, validation: 4, size: SIZE });
  await trainPhantom(phantomExperiment(folder, { epochs: 2, selection_metrics: ["loss"], ...changes }), maps);
  const file = join(folder, "model.onnx");
  const { printed } = await gyrus("export", maps, file, "--json");
  const runtimes = await runtimesOf(file);
  return { folder, maps, reply: resultOf(printed), runtimes, text: readFileSync(file, "latin1") };
}

type Exported = Awaited<ReturnType<typeof exported>>;

/** What `predict` wrote for the validation set. */
const predicted = async (maps: string, mode: Mode) => {
  const place = mapsPlace(maps).split(0).best("loss").results("validation");
  const table = await readPredictions(place.predictionTsv(mode), "classification");
  return table.task === "classification" ? table.rows : [];
};

/** Gives the file, in every runtime, the raw voxels that each row of the table is about. */
async function expectPredictions(
  { folder, maps, runtimes }: Exported,
  mode: Mode,
  dims: readonly number[],
  inputOf: (voxels: Float32Array, part: number) => Float32Array,
) {
  const rows = await predicted(maps, mode);
  expect(rows.length).toBeGreaterThan(3);
  for (const { participantId, part, probabilities: expected } of rows) {
    const { data } = await readNifti(imageFile(join(folder, "caps"), participantId));
    const input = inputOf(Float32Array.from(data), part);
    for (const { name, tolerance, run } of runtimes) {
      const { probabilities } = await run(input, dims);
      expect(probabilities?.dims).toEqual([1, 2]);
      for (const [code, p] of expected.entries()) {
        const difference = Math.abs(Number(probabilities?.data[code]) - p);
        expect(difference, `${participantId} ${part}, ${name}`).toBeLessThan(tolerance);
      }
    }
  }
}

describe("gyrus export", () => {
  it("gives predict's probabilities from raw voxels", async () => {
    const made = await exported({});
    expect(made.reply).toMatchObject({ split: 0, metric: "loss", part: null });
    await expectPredictions(made, "image", [1, 1, ...SIZE], (voxels) => voxels);
    // A background of one value is no division by 0, and a voxel that is no number counts as 0.
    const flat = new Float32Array(SIZE[0] * SIZE[1] * SIZE[2]).fill(Number.NaN);
    for (const { name, run } of made.runtimes) {
      const { probabilities } = await run(flat, [1, 1, ...SIZE]);
      expect(Number.isFinite(Number(probabilities?.data[0])), name).toBe(true);
    }
    expect(made.text).toContain('["AD","CN"]');
    expect(made.text).not.toContain(made.folder);
    expect(made.text).not.toContain("gyrus.voting");
  });

  it("has z-scores of chosen voxels inside, and refuses what is no operator", async () => {
    const intensity = { kind: "z-score", over: { above: 0.4 } };
    const made = await exported({ intensity });
    expect(made.text).toContain("z-score, inside this file");
    await expectPredictions(made, "image", [1, 1, ...SIZE], (voxels) => voxels);
    const json = mapsPlace(made.maps).mapsJson;
    const kept = JSON.parse(readFileSync(json, "utf8"));
    writeFileSync(json, JSON.stringify({ ...kept, intensity: { kind: "percentile" } }));
    expect((await gyrus("export", made.maps, join(made.folder, "x.onnx"))).said).toContain(
      "which no ONNX file of it does",
    );
  });

  it("answers a patch, and leaves the votes outside", async () => {
    const made = await exported({
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 6, stride_size: 6 },
    });
    expect(made.text).toContain("soft, outside this file");
    await expectPredictions(made, "patch", [1, 1, 6, 6, 6], patchAt);
  });

  it("answers a slice by a network of two dimensions, and leaves the votes outside", async () => {
    const made = await exported({
      preprocessing_dict: { mode: "slice", slice_direction: 1, slice_mode: "rgb", discarded_slices: [5, 5] },
      voting: "hard",
    });
    expect(made.text).toContain("hard, outside this file");
    expect(made.text).toContain("[3,12,10]");
    await expectPredictions(made, "slice", [1, 3, 12, 10], sliceAt);
  });

  it("gives back the reconstruction of an autoencoder, and refuses a part that there is not", async () => {
    const { maps, runtimes, folder } = await exported({ network_task: "reconstruction" });
    const image = Float32Array.from({ length: 1680 }, (_, i) => i % 17);
    const [inNode, inPage] = await Promise.all(runtimes.map(({ run }) => run(image, [1, 1, ...SIZE])));
    expect(inNode?.reconstruction?.dims).toEqual([1, 1, ...SIZE]);
    const voxels = inPage?.reconstruction?.data ?? [];
    expect(voxels).toHaveLength(1680);
    for (const [i, value] of Array.from(voxels, Number).entries()) {
      expect(Math.abs(value - Number(inNode?.reconstruction?.data[i]))).toBeLessThan(1e-5);
    }
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

/** The slice of that number across the second axis, three times over: one a channel. */
function sliceAt(voxels: Float32Array, part: number): Float32Array {
  const slice = Float32Array.from(
    { length: 120 },
    (_, i) => voxels[(Math.floor(i / 10) * 14 + part) * 10 + (i % 10)]!,
  );
  return Float32Array.from({ length: 360 }, (_, i) => slice[i % 120]!);
}
