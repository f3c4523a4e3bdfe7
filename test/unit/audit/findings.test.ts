import { describe, expect, it } from "vitest";
import { findingsOf, passing } from "../../../src/audit/findings";
import { problem, warning } from "../../../src/experiment/problems/makeProblem";
import { scanOf, studyOf } from "../../support/studyOf";

const leak = studyOf([
  scanOf("sub-1", {
    sets: [
      { kind: "train", split: 0 },
      { kind: "validation", split: 0 },
    ],
  }),
]);

describe("what may be accepted", () => {
  it("names the option while it stops, and not where it was given", () => {
    const [refused] = findingsOf(leak, ["rows"]);
    expect(refused).toMatchObject({
      severity: "error",
      remedy: expect.stringMatching(/ The option --accept-leaks lets it pass\.$/),
    });
    const [accepted] = findingsOf(leak, ["rows"], new Set(["leaks"]));
    expect(accepted?.severity).toBe("warning");
    expect(accepted?.remedy).not.toContain("--accept");
  });

  it("is not spoken of in a warning, which passes by itself", () => {
    const sizes = { usual: "1 x 1 x 1 mm", count: 3, others: "2 x 2 x 2 mm" };
    const mixed = warning("space.voxel-size-mixed", {}, sizes);
    expect(passing(mixed, "space")).toBe(mixed);
  });

  it("is said after another hint", () => {
    const changed = problem("resume.other-space", {}, { count: 1, of: 2, names: "sub-1" });
    expect(passing(passing(changed, "space"), "leaks").remedy).toMatch(
      /--accept-space lets it pass\. The option --accept-leaks lets it pass\.$/,
    );
  });
});
