/** A real brain at its full size goes all the way: read, normalised, and learned from. */
import { expect, it } from "vitest";
import { extentOf, minMax } from "../../../src/data/batches/normalise";
import { readNifti } from "../../../src/data/nifti/nifti";
import { convModel } from "../../support/convModel";
import { describeWithReference, reference } from "../../support/reference";

const brain = "reference/nifti/ch2bet.nii.gz";

describeWithReference("the Colin 27 brain, 181x217x181", [brain], () => {
  it("is read, normalised to [0, 1], and lowers its own loss by one step", async () => {
    const { header, data } = await readNifti(reference(brain));
    expect(header.shape).toEqual([181, 217, 181]);
    minMax(data, extentOf(data));
    expect(extentOf(data)).toEqual({ min: 0, max: 1, hasNaN: false });

    const model = await convModel([1, 181, 217, 181]);
    const batch = { size: 1, inputs: { image: data }, targets: { classes: Int32Array.of(1) } };
    const before = await model.accumulate(batch);
    await model.update();
    const after = await model.accumulate(batch);
    await model.dispose();
    expect(before).toBeGreaterThan(0);
    expect(after).toBeLessThan(before);
  });
});
