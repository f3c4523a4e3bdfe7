import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { loadTensor, saveTensor, tensorFile } from "../../../src/maps/weights/tensorFile";
import type { FloatTensor } from "../../../src/network/weights/tensor";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

describe("tensorFile", () => {
  it("names tensors as ClinicaDL", () => {
    const key = { participantId: "sub-01", sessionId: "ses-M006", mode: "patch", part: 12 } as const;
    expect(tensorFile(mapsPlace("m").split(1).best("loss").results("test"), key, "output")).toBe(
      join("m/split-1/best-loss/test/tensors/sub-01_ses-M006_patch-12_output.pt"),
    );
    expect(tensorFile(mapsPlace("m").split(1).best("loss").results("test"), key, "latent")).toBe(
      join("m/split-1/best-loss/test/latent_tensors/sub-01_ses-M006_patch-12_latent.pt"),
    );
  });
});

describe("saveTensor", () => {
  it("is read back by loadTensor", async () => {
    const file = join(temporaryFolder(), "tensors", "x.pt");
    const tensor: FloatTensor = {
      dtype: "float32",
      shape: [1, 2, 3],
      data: Float32Array.from([1, 2, 3, 4, 5, -6.5]),
    };
    await saveTensor(file, tensor);
    expect(await loadTensor(file)).toEqual(tensor);
  });
});

describe("loadTensor", () => {
  it("refuses a file of something else", async () => {
    await expect(loadTensor(fixture("maps/values.pt"))).rejects.toThrow("does not hold a single tensor");
  });
});

const key = { participantId: "sub-001", sessionId: "ses-M000", mode: "image", part: 0 } as const;
const place = tensorFile(
  mapsPlace("reference/maps_ae").split(0).best("loss").results("validation"),
  key,
  "output",
);

describeWithReference("tensors of ClinicaDL's reconstructions", [place], () => {
  it("are read, and the numbers stand in ours as in theirs", async () => {
    const tensor = await loadTensor(reference(place));
    expect(tensor).toMatchObject({ dtype: "float32", shape: [1, 49, 57, 45] });
    const ours = join(temporaryFolder(), "x.pt");
    await saveTensor(ours, tensor);
    const numbers = Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
    expect(readFileSync(ours).includes(numbers)).toBe(true);
    expect(readFileSync(reference(place)).includes(numbers)).toBe(true);
  });
});
