import { describe, expect, it } from "vitest";
import { matchName, type PartsFound, parseNamePattern } from "../../../src/experiment/namePattern";

/** The parts that a path has by a pattern; null where it does not fit. */
function parts(text: string, path: string): PartsFound | null {
  const pattern = parseNamePattern(text);
  if ("fault" in pattern) throw new Error(pattern.fault);
  const names = path.split("/");
  if (names.length !== pattern.names.length) return null;
  let found: PartsFound | null = {};
  for (const [i, name] of names.entries()) {
    if (found !== null) found = matchName(pattern.names[i] ?? [], name, found);
  }
  return found;
}

const BIDS = "sub-{participant}_ses-{session}_T1w.nii.gz";

describe("a pattern of names", () => {
  it.each<[string, string, PartsFound | null]>([
    [BIDS, "sub-01_ses-M000_T1w.nii.gz", { participant: "01", session: "M000" }],
    [BIDS, "sub-01_ses-M000_T2w.nii.gz", null],
    [BIDS, "sub-_ses-M000_T1w.nii.gz", null],
    [BIDS, "sub-01_ses-M000_T1w.nii.gz.bak", null],
    ["{participant}_T1.nii", "P_001_T1.nii", { participant: "P_001" }],
    ["{participant}_*.nii", "P1_a_b.nii", { participant: "P1" }],
    ["{participant}/anat/*_T1.nii", "P1/anat/a_b_T1.nii", { participant: "P1" }],
    ["{participant}/{participant}_{session}.nii", "P1/P1_V2.nii", { participant: "P1", session: "V2" }],
    ["{participant}/{participant}_{session}.nii", "P1/P2_V2.nii", null],
    ["scan_{participant}", "scan_7", { participant: "7" }],
  ])("%j of %j gives %j", (pattern, path, expected) => {
    expect(parts(pattern, path)).toEqual(expected);
  });

  it.each([
    ["sub-*_T1w.nii.gz", "no-participant"],
    ["{subject}.nii", "unknown-part"],
    ["{participant}{session}.nii", "side-by-side"],
    ["*{participant}.nii", "side-by-side"],
    ["../{participant}.nii", "outside"],
    ["/data/{participant}.nii", "outside"],
    ["{participant.nii", "unknown-part"],
  ])("%j is none: %s", (pattern, fault) => {
    expect(parseNamePattern(pattern)).toMatchObject({ fault });
  });

  it("follows a name of a hundred thousand letters once", () => {
    const pattern = `${"a*".repeat(40)}{participant}.nii`.replace("*{", "b{");
    expect(parts(pattern, "a".repeat(100_000))).toBeNull();
  });

  it("keeps the prefix of BIDS before an id", () => {
    expect(parseNamePattern(BIDS)).toMatchObject({ prefixes: { participant: "sub-", session: "ses-" } });
    expect(parseNamePattern("{participant}_v{session}.nii")).toMatchObject({
      prefixes: { participant: "", session: "" },
    });
  });
});
