import { describe, expect, it } from "vitest";
import { idProblems } from "../../../src/experiment/idProblems";
import { isId, nameFault } from "../../../src/experiment/names";

describe("an id", () => {
  it.each([
    "sub-01",
    "ses-M000",
    "sub-ADNI002S0295",
    "sub-ADNI_002_S_0295",
    "sub-a.b+c",
    "001",
    "1.0",
    "sub-é",
    "_x",
    "ses-M000 b",
  ])("is taken as ClinicaDL and Clinica take it: %s", (id) => expect(isId(id)).toBe(true));

  it.each([
    "../../out",
    "..",
    ".",
    ".hidden",
    "/etc",
    "C:\\x",
    "sub-a/../../x",
    "sub-a\\x",
    "sub-a:stream",
    "sub-\u0000",
    "sub-\u202e01",
    "sub-*",
    "-rf",
    "sub-1.",
    `sub-${"1".repeat(300)}`,
    "",
  ])("is none of which no path may be made: %j", (id) => expect(isId(id)).toBe(false));

  it("is told of with the others, by count and first names", () => {
    const sessions = ["../1", "../2", "sub-3", "../4", "../5", "../6", "../7"].map((participantId) => ({
      participantId,
      sessionId: "ses-M000",
    }));
    expect(idProblems("a.tsv", sessions)).toMatchObject([
      {
        code: "ids.no-name",
        file: "a.tsv",
        message:
          "6 of 7 sessions have an id that cannot be the name of a folder (../1, ../2, ../4, ../5, ../6, ...).",
      },
    ]);
    expect(idProblems("a.tsv", [{ participantId: "sub-1", sessionId: "ses-1" }])).toEqual([]);
  });
});

describe("a name", () => {
  it.each(["test", "test set", "test-2.b", "été", "AD_vs_CN", "console", "nul-test", "a".repeat(120)])(
    "is taken on each system: %s",
    (name) => expect(nameFault(name, ["test", "other"])).toBeNull(),
  );

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    [".", "point"],
    ["..", "point"],
    [".hidden", "point"],
    ["a/b", "character"],
    ["a\\b", "character"],
    ["a:b", "character"],
    ["a*", "character"],
    ["a\nb", "character"],
    ["a\u202eb", "character"],
    ["test.", "ends"],
    ["test ", "ends"],
    [" test", "begins"],
    ["CON", "device"],
    ["nul.txt", "device"],
    ["Com1", "device"],
    ["LPT9.tsv", "device"],
    ["a".repeat(300), "longer"],
    ["é".repeat(61), "longer"],
    ["TEST", "the same as {other}"],
    ["E\u0301te", "the same as {other}"],
  ])("is none on each system: %j", (name, why) => {
    expect(nameFault(name, ["test", "\u00e9te"])?.template).toContain(why);
  });

  it("is one where it stands beside its twin already, as on Linux it may", () => {
    expect(nameFault("TEST", ["test", "TEST"])).toBeNull();
  });
});
