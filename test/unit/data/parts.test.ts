import { describe, expect, it } from "vitest";
import { planCut } from "../../../src/data/parts/cutPlan";
import { type Cut, cutPart, partName, partNumbers, partShape } from "../../../src/data/parts/parts";
import { type Preprocessing, preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { identityAffine } from "../../../src/space/affine";
import { problemsOf } from "../../support/problemsOf";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const settings = (changes: Partial<Preprocessing>) => preprocessingSchema.parse(changes);
const cutOf = (changes: Partial<Preprocessing>, image: readonly [number, number, number]) =>
  planCut(
    { preprocessing_dict: settings(changes), space: { orientation: "stored" } },
    { shape: image, affine: identityAffine },
    { place: "no masks" },
  );

describeWithReference(
  "parts of an image are ClinicaDL's, voxel by voxel",
  ["golden/g_extract.safetensors"],
  () => {
    const golden = readSafetensors(reference("golden/g_extract.safetensors"));
    const tensor = (name: string) => {
      const found = golden.get(name);
      if (found?.dtype !== "float32") throw new Error(`${name} is not float32`);
      return found;
    };
    const image = [13, 17, 11] as const;
    const compare = (cut: Cut, name: string) => {
      const expected = tensor(name);
      const count = partNumbers(cut).length;
      expect([count, ...partShape(cut, image)]).toEqual(expected.shape);
      const size = expected.data.length / count;
      for (let part = 0; part < count; part++) {
        const values = cutPart(tensor("x").data, image, cut, part);
        expect(values).toEqual(expected.data.slice(part * size, (part + 1) * size));
      }
    };

    it.each([
      [5, 5],
      [5, 3],
      [6, 4],
    ])("patches of %i with a stride of %i", async (patch_size, stride_size) => {
      compare(
        await cutOf({ mode: "patch", patch_size, stride_size }, image),
        `patch_${patch_size}_${stride_size}`,
      );
    });

    it.each([0, 1, 2] as const)("slices along axis %i, single and rgb", async (slice_direction) => {
      for (const slice_mode of ["single", "rgb"] as const) {
        const cut = await cutOf({ mode: "slice", slice_direction, slice_mode }, image);
        compare(cut, `slice_dir${slice_direction}_${slice_mode}`);
      }
    });
  },
);

describe("patches", () => {
  it("leave out what does not fill a patch", async () => {
    const cut = await cutOf({ mode: "patch" }, [169, 208, 179]);
    expect(cut).toMatchObject({ counts: [3, 4, 3] });
    expect(partNumbers(cut)).toEqual(Array.from({ length: 36 }, (_, i) => i));
    expect(partName(cut, 4)).toBe("patch 4");
  });

  it("may be as large as the image, not larger", async () => {
    expect(await cutOf({ mode: "patch", patch_size: 4 }, [6, 5, 4])).toMatchObject({ counts: [1, 1, 1] });
    expect(await problemsOf(() => cutOf({ mode: "patch", patch_size: 5 }, [6, 5, 4]))).toHaveLength(1);
  });

  it("have a stride of one voxel at least", () => {
    expect(() => settings({ mode: "patch", stride_size: 0 })).toThrow();
  });
});

describe("slices", () => {
  const numbers = async (changes: Partial<Preprocessing>) =>
    partNumbers(await cutOf({ mode: "slice", slice_direction: 1, ...changes }, [6, 8, 4]));

  it("are numbered from the beginning of the image, discarded ones included", async () => {
    expect(await numbers({ discarded_slices: [3, 2] })).toEqual([3, 4, 5]);
    expect(await numbers({ discarded_slices: [2] })).toEqual([2, 3, 4, 5]);
    expect(await numbers({ discarded_slices: 3 })).toEqual([3, 4]);
    expect(await numbers({ discarded_slices: [3, 2], num_slices: 2 })).toEqual([3, 4]);
    const cut = await cutOf({ mode: "slice", discarded_slices: [3, 2] }, [9, 8, 4]);
    expect(partName(cut, 0)).toBe("slice 3");
  });

  it("must be left over", async () => {
    expect((await problemsOf(() => numbers({ discarded_slices: [4, 4] })))[0]?.where).toBe(
      "preprocessing_dict.discarded_slices",
    );
    expect((await problemsOf(() => numbers({ num_slices: 9 })))[0]?.where).toBe(
      "preprocessing_dict.num_slices",
    );
  });
});
