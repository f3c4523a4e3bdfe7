import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

const results = "split-0/best-loss/test";

/** ClinicaDL writes a map as float32 with its channel as the first axis: 1 x 49 x 57 x 45, first axis fastest. */
function readTheirs(file: string, [nx, ny, nz]: readonly [number, number, number]): Float32Array {
  const bytes = gunzipSync(readFileSync(file));
  const values = new Float32Array(nx * ny * nz);
  for (let x = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) {
      for (let z = 0; z < nz; z++) {
        values[(x * ny + y) * nz + z] = bytes.readFloatLE(352 + 4 * (x + nx * (y + ny * z)));
      }
    }
  }
  return values;
}

describeWithReference(
  "the gradients of a MAPS of ClinicaDL",
  ["reference/maps_image", "reference/caps"],
  () => {
    it("are those that ClinicaDL drew, of each participant and on average", async () => {
      const theirs = reference("reference/maps_image");
      const maps = join(temporaryFolder(), "maps_image");
      cpSync(theirs, maps, { recursive: true });
      await interpretGroup(
        { maps, group: "test", caps: reference("reference/caps"), name: "ours", method: "gradients" },
        { engine: await createOnnxEngine({ threads: 2 }) },
      );
      for (const name of ["sub-003_ses-M000_image-0", "sub-022_ses-M000_image-0", "mean_image-0"]) {
        const { header, data } = await readNifti(join(maps, results, "interpret-ours", `${name}_map.nii.gz`));
        const expected = readTheirs(
          join(theirs, results, "interpret-saliency", `${name}_map.nii.gz`),
          header.shape,
        );
        const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - data[i]!)), 0);
        expect(worst / largest, name).toBeLessThan(1e-5);
      }
    });
  },
);
