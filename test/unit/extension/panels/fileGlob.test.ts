import { describe, expect, it } from "vitest";
import { fileGlob } from "../../../../src/extension/panels/fileGlob";

describe("fileGlob", () => {
  it("leaves a plain name as it is, and takes the meaning from what a glob would read as a choice", () => {
    expect(fileGlob("sub-01 été.nii.gz")).toBe("sub-01 été.nii.gz");
    expect(fileGlob("scan [1] {a}.nii")).toBe("scan [[]1[]] [{]a[}].nii");
    expect(fileGlob("what?*.nii")).toBe("what[?][*].nii");
  });
});
