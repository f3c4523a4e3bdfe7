import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { problemReference } from "../../../scripts/problemReference";
import {
  aboutSubject,
  problem,
  refuse,
  warning,
  withHint,
} from "../../../src/experiment/problems/makeProblem";
import { all, either, phrase, phraseText } from "../../../src/experiment/problems/phrases";
import { describeProblem, InputError, sentencesOf } from "../../../src/experiment/problems/problem";
import { PROBLEMS } from "../../../src/experiment/problems/table";
import { fillWords } from "../../../src/experiment/problems/words";

const root = resolve(import.meta.dirname, "../../..");

describe("a problem", () => {
  it("says what its code says, with its values", () => {
    const found = problem(
      "label.missing",
      { file: "a.tsv", where: "row 3" },
      { session: "sub-1 ses-1", label: "age" },
    );
    expect(found).toMatchObject({ severity: "error", code: "label.missing" });
    expect(describeProblem(found)).toBe(
      "a.tsv: row 3: sub-1 ses-1 has no age. Fill it in, or remove the row.",
    );
    expect(warning("clinicadl.emissions", {})).toMatchObject({ severity: "warning" });
  });

  it("holds no key that is not known: it travels as JSON", () => {
    const found = problem("mask.empty", { file: undefined, where: "row 1" });
    expect(Object.keys(found).sort()).toEqual(["code", "message", "remedy", "said", "severity", "where"]);
  });

  it("is thrown alone, or told of a participant", () => {
    const error = refuse("image.constant", { file: "a.nii" }, { value: 7, otherwise: null });
    expect(error).toBeInstanceOf(InputError);
    const [found] = error.problems.map((one) => aboutSubject("sub-1 ses-1", one));
    expect(found?.message).toBe("sub-1 ses-1: Every voxel of the image is 7.");
  });

  it("takes a hint after its remedy", () => {
    const found = withHint(phrase("data-moved", { file: "maps.json" }), problem("caps.unreadable", {}));
    expect(found.remedy).toBe("Check `caps_directory`. If the data has moved, correct it in maps.json.");
  });

  it("makes its sentences in the language of the reader, phrases included", () => {
    const words: Readonly<Record<string, string>> = {
      '"{key}" is {value}.': "« {key} » vaut {value}.",
      'It must be {allowed}.[ Did you mean "{meant}"?]':
        "Il faut {allowed}.[ Vouliez-vous dire « {meant} » ?]",
      "{some} or {last}": "{some} ou {last}",
      "a number": "un nombre",
    };
    const allowed = either(["null", phrase("number")]);
    const found = problem("key.value", { where: "x" }, { key: "x", value: "1", allowed, meant: undefined });
    expect(sentencesOf(found, (template) => words[template] ?? template)).toEqual({
      message: "« x » vaut 1.",
      remedy: "Il faut null ou un nombre.",
    });
  });
});

describe("the words of a problem", () => {
  it("leave out what has no value", () => {
    const template = "a[, b {one}][ and {more} more].";
    expect(fillWords(template, { one: "x", more: 2 })).toBe("a, b x and 2 more.");
    expect(fillWords(template, { one: null, more: undefined })).toBe("a.");
    expect(fillWords(template, { one: [], more: "" })).toBe("a.");
  });

  it("join lists", () => {
    expect(fillWords("{some}", { some: ["a", 2] })).toBe("a, 2");
    const joined = [either(["a"]), either(["a", "b", "c"]), all(["a", "b"])];
    expect(joined.map((one) => (typeof one === "string" ? one : phraseText(one)))).toEqual([
      "a",
      "a, b or c",
      "a and b",
    ]);
  });

  it("put values in as they are, whatever signs these hold", () => {
    expect(fillWords("{a}[ ({b})]", { a: "{b}", b: "$&" })).toBe("{b} ($&)");
  });
});

describe("the table of problems", () => {
  const sources = readdirSync(resolve(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("problems"))
    .map((name) => readFileSync(resolve(root, "src", name), "utf8"))
    .join("\n");

  it("holds no code that nothing uses", () => {
    expect(Object.keys(PROBLEMS).filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });

  it("names codes by topic and fault, and holds each once", () => {
    for (const code of Object.keys(PROBLEMS)) expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
    const written = readdirSync(resolve(root, "src/experiment/problems"))
      .map((name) => readFileSync(resolve(root, "src/experiment/problems", name), "utf8"))
      .flatMap((text) => [...text.matchAll(/^ {2}"([a-z-]+\.[a-z-]+)": \{$/gm)].map(([, code]) => code));
    expect(written.sort()).toEqual(Object.keys(PROBLEMS).sort());
  });

  it("is docs/problems.md: `npm run docs` writes it", () => {
    expect(readFileSync(resolve(root, "docs/problems.md"), "utf8")).toBe(problemReference());
  });
});
