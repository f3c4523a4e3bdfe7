import { describe, expect, it } from "vitest";
import { globMatcher } from "../../../src/data/sources/glob";

describe("a pattern of names", () => {
  it.each([
    ["*_T1w.nii.gz", "sub-01_ses-M000_T1w.nii.gz", true],
    ["*_t1W.nii.gz", "sub-01_T1w.NII.gz", true],
    ["*_T1w.nii.gz", "sub-01_T1w.nii", false],
    ["*_T1w.nii", "sub-01_T1w_nii", false],
    ["sub-??_*", "sub-01_", true],
    ["sub-??_*", "sub-1_x", false],
    ["a[bc]d", "acd", true],
    ["a[b-d]e", "aCe", true],
    ["a[!b-d]e", "ace", false],
    ["a[!b-d]e", "axe", true],
    ["a[!]e", "a[!]e", true],
    ["a[]e", "a[]e", true],
    ["a[-z]", "a-", true],
    ["a[z-b]", "ac", false],
    ["a[\\]", "a\\", true],
    ["(a|b)+.$", "(a|b)+.$", true],
    ["(a|b)+.$", "aaa", false],
    ["**x**", "aXb", true],
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["*ab*ab*ab", "abababab", true],
    ["*a?", "aab", true],
    ["*\u{1f9e0}?", "x\u{1f9e0}\u{1f9e0}", true],
  ])("%s, %s: %s", (pattern, name, fits) => {
    expect(globMatcher(pattern)(name)).toBe(fits);
  });

  it("takes as many steps as its letters and those of the name, and none for ever", () => {
    const name = "a".repeat(255);
    const began = process.cpuUsage().user;
    expect(globMatcher(`${"*a".repeat(100)}*b`)(name)).toBe(false);
    expect(globMatcher(`${"*".repeat(4000)}b`)(name)).toBe(false);
    expect(globMatcher("*a".repeat(10_000_000))(name)).toBe(false);
    // A regular expression of the first takes longer than the universe is old.
    expect(process.cpuUsage().user - began).toBeLessThan(2_000_000);
  });
});
