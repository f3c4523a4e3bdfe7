import { describe, expect, it } from "vitest";
import { spellings } from "../../../../src/data/tables/idSpelling";
import { misspelt, sessionSpellings } from "../../../../src/data/tables/sessionIds";

describe("spellings", () => {
  it.each([
    ["sub-1", "sub-001", ["zeros"]],
    ["001", "sub-001", ["prefix"]],
    ["1", "sub-001", ["prefix", "zeros"]],
    ["1.0", "sub-001", ["prefix", "zeros", "decimals"]],
    ["sub-ad01", "sub-AD01", ["case"]],
    ["ADNI_002_S_0295", "sub-ADNI002S0295", ["prefix", "characters"]],
    ["ses-M00", "ses-M000", ["zeros"]],
    ["ses-M48", "ses-M048", ["zeros"]],
    ["M048", "ses-M048", ["prefix"]],
    ["sub-001", "001", ["prefix"]],
  ])("finds that %s means %s", (here, there, differences) => {
    expect(spellings([there, "sub-777", "ses-M500"])(here)).toEqual({ id: there, differences });
  });

  it("takes equal ids for equal, and guesses nothing between several", () => {
    expect(spellings(["sub-1", "sub-01"])("sub-1")).toEqual({ id: "sub-1", differences: [] });
    expect(spellings(["sub-01", "sub-001"])("sub-1")).toBeNull();
    expect(spellings(["sub-10"])("sub-1")).toBeNull();
    expect(spellings(["sub-100"])("sub-1")).toBeNull();
  });
});

describe("misspelt", () => {
  const session = (participantId: string, sessionId: string) => ({ participantId, sessionId });

  it("groups sessions by the way in which they are spelt, the commonest first", () => {
    const present = ["001", "002", "003"].map((id) => session(`sub-${id}`, "ses-M000"));
    const here = [session("sub-001", "ses-M00"), session("2", "ses-M000"), session("3", "ses-M000")];
    expect(misspelt(here, sessionSpellings(present))).toEqual([
      {
        differences: ["prefix", "zeros"],
        pairs: [
          { here: here[1], there: { ...present[1], differences: ["prefix", "zeros"] } },
          { here: here[2], there: { ...present[2], differences: ["prefix", "zeros"] } },
        ],
      },
      {
        differences: ["zeros"],
        pairs: [{ here: here[0], there: { ...present[0], differences: ["zeros"] } }],
      },
    ]);
  });
});
