/** Headers that are odd in what they say of space: the affine is nibabel's, and what was mended is known. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { headerOddities } from "../../../src/space/headerOddities";
import { niftiAffine } from "../../../src/space/niftiAffine";

const triple = z.tuple([z.number(), z.number(), z.number()]);
const rows = z.array(z.array(z.number()));
const schema = z.array(
  z.object({
    name: z.string(),
    fields: z.object({
      sformCode: z.number(),
      sform: rows,
      qformCode: z.number(),
      quaternion: triple,
      offset: triple,
      pixdim: z.array(z.number()),
      dim: z.array(z.number()),
    }),
    affine: rows,
  }),
);
const file = new URL("../../fixtures/space/headers.json", import.meta.url);
const cases = schema.parse(JSON.parse(readFileSync(file, "utf8")));

const ODDITIES: Readonly<Record<string, readonly string[]>> = {
  no_form: ["no-form"],
  qform_differs: ["forms-differ"],
  half_turn: [],
  qform_only: [],
  negative_code: ["form-code"],
  large_code: ["form-code"],
  negative_size: ["negative-size"],
  negative_size_without_form: ["no-form", "negative-size"],
  zero_size: ["forms-differ", "zero-size"],
  zero_size_of_qform: ["zero-size"],
  left_handed: [],
  lost_axis: ["affine"],
};

describe("an odd header", () => {
  it("has a size that is no number, which is not one of 0", () => {
    const whole = cases.find(({ name }) => name === "left_handed")?.fields;
    const [first = 1, , ...others] = whole?.pixdim ?? [];
    const fields = { ...(whole ?? expect.unreachable()), pixdim: [first, Number.NaN, ...others] };
    expect(headerOddities(fields)).toContain("size-no-number");
    expect(headerOddities(fields)).not.toContain("zero-size");
  });

  it.each(cases)("$name: the affine that nibabel opens it with", ({ fields, affine }) => {
    for (const [i, row] of niftiAffine(fields).entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(affine[i]?.[j] ?? Number.NaN, 5);
  });

  it.each(cases)("$name: what is odd in it", ({ name, fields }) => {
    expect(headerOddities(fields)).toEqual(ODDITIES[name]);
  });
});
