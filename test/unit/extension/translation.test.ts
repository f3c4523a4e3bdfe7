import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Command } from "../../../src/cli/command";
import { COMMON_OPTIONS } from "../../../src/cli/commandLine/options";
import { COMMANDS } from "../../../src/cli/commandTable";
import { TRAINER_WORDS } from "../../../src/cli/terminal/words";
import { PHRASES } from "../../../src/experiment/problems/phrases";
import { PROBLEMS } from "../../../src/experiment/problems/table";
import { OPTIMIZERS } from "../../../src/optimizer/optimizers";
import { CLAIM, TRIPOD_AI } from "../../../src/report/document/checklists";
import { REPORT_WORDS } from "../../../src/report/document/reportWords";
import { RESULTS_WORDS } from "../../../src/report/results/resultsWords";
import { SPLITS_WORDS } from "../../../src/report/splits/splitsWords";
import { FIGURE_REASONS, INSTEAD_OF_DELONG } from "../../../src/run/figureWords";
import { UNDEFINED_REASONS } from "../../../src/run/undefinedReasons";
import { NOTICES } from "../../../src/training/notices";
import { FRENCH, FRENCH_MANIFEST } from "../../support/frenchTexts";
import { localisedTexts, viewTexts } from "../../support/localisedTexts";
import { markedSentences } from "../../support/markedSentences";

const root = resolve(import.meta.dirname, "../../..");
const table = (path: string) =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(resolve(root, path), "utf8")));

const views = await viewTexts(resolve(root, "webview"));

/** What `gyrus help` says of a command. Names of the program alone are the same in every language. */
const textsOf = ({ summary, arguments: words, options, remarks = [] }: Command): readonly string[] => [
  summary,
  ...[...words, ...Object.values(options)].map(({ text }) => text),
  ...remarks,
];

/** Words of problems, of networks and of the trainer, which the editor and the trainer say: without those that are a value and nothing else. */
const trainerTexts = [
  ...Object.values(PROBLEMS).flatMap(({ message, remedy }) => [message, remedy]),
  ...Object.values(PHRASES),
  ...Object.values(TRAINER_WORDS),
  ...Object.values(REPORT_WORDS),
  ...[...CLAIM, ...TRIPOD_AI].map(({ topic }) => topic),
  ...Object.values(RESULTS_WORDS),
  ...Object.values(SPLITS_WORDS),
  ...Object.values(FIGURE_REASONS),
  ...Object.values(INSTEAD_OF_DELONG),
  ...Object.values(UNDEFINED_REASONS),
  ...Object.values(NOTICES),
  ...COMMANDS.flatMap(textsOf),
  ...Object.values(COMMON_OPTIONS).map(({ text }) => text),
  ...markedSentences(resolve(root, "src")),
  ...Object.values(OPTIMIZERS).flatMap(({ conflict }) => conflict?.text ?? []),
].filter((text) => /\w/.test(text.replaceAll(/\{\w+\}/g, "")));

/** "{0}", "{name}", "[" and links keep their meaning in every language; which words go with a number is for each language to say. */
const fixedParts = (text: string) =>
  [
    ...text
      .replaceAll(/\{\w+\|[^{}]*\}/g, "")
      .matchAll(/\{\w+\}|\[(?=[^\]]*\{)|\(command:[\w.]+\)|\$\([\w-]+\)/g),
  ]
    .map(String)
    .sort();

describe("the manifest in English and French", () => {
  const english = table("package.nls.json");

  it("has every text that package.json asks for, and no other", () => {
    const manifest = readFileSync(resolve(root, "package.json"), "utf8");
    const asked = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
    expect(Object.keys(english).sort()).toEqual([...new Set(asked)].sort());
  });

  it("has the same texts, with the same links", () => {
    expect(Object.keys(FRENCH_MANIFEST)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(english))
      expect(fixedParts(FRENCH_MANIFEST[key]!), key).toEqual(fixedParts(text));
  });
});

describe("the extension in French", () => {
  const { texts, computed } = localisedTexts(resolve(root, "src/extension"));

  it("has a translation of every text, and of no other", () => {
    // The texts of views, and of problems and the trainer, which have tables of their own.
    expect(computed).toHaveLength(2);
    expect(computed.join()).toMatch(/language\.ts.*panels[\\/]panelTexts\.ts/s);
    expect(trainerTexts.filter((text) => !(text in FRENCH))).toEqual([]);
    const missing = texts.filter(({ text }) => !(text in FRENCH));
    expect(missing).toEqual([]);
    const used = new Set([
      ...texts.map(({ text }) => text),
      ...views.flatMap(({ texts }) => texts),
      ...trainerTexts,
    ]);
    expect(Object.keys(FRENCH).filter((text) => !used.has(text))).toEqual([]);
  });

  it("has forms of words for a number only in texts that are said with them", () => {
    const plain = texts.filter(({ counts }) => !counts).flatMap(({ text }) => [text, FRENCH[text] ?? ""]);
    expect(plain.filter((text) => /\{\w+\|/.test(text))).toEqual([]);
  });

  it.each(views)("has every text of the views: $file", ({ texts }) => {
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => !(text in FRENCH))).toEqual([]);
  });

  it("knows the tables of all views", () => {
    const names = views.map(({ file }) => file.replaceAll("\\", "/")).sort();
    expect(names).toEqual([
      "architecture/strings.ts",
      "compare/strings.ts",
      "explain/strings.ts",
      "inputs/strings.ts",
      "network/strings.ts",
      "nifti/strings.ts",
      "results/strings.ts",
      "runs/strings.ts",
      "shared/strings.ts",
      "shared/volume/strings.ts",
      "training/strings.ts",
      "transposition/strings.ts",
    ]);
  });

  it("knows the sentences of networks by their marks, with their values and without the code around them", () => {
    const sentences = markedSentences(resolve(root, "src"));
    expect(sentences).toContain("without `fc` it is an autoencoder, which cannot learn a {0}.");
    expect(sentences.filter((text) => /\$\{|=>|\n/.test(text))).toEqual([]);
  });

  it("marks no part of a marked sentence as one that may fall away", () => {
    const sentences = markedSentences(resolve(root, "src"));
    expect(sentences.filter((text) => text.includes("["))).toEqual([]);
  });

  it("is written with the apostrophe and the guillemets of French, and a space before the signs that it sets apart", () => {
    const said = [...Object.values(FRENCH), ...Object.values(FRENCH_MANIFEST)].map((text) =>
      text.replaceAll(/`[^`]*`|https?:\S+|\(command:[\w.]+\)|\{[^}]*\}/g, "x"),
    );
    expect(said.filter((text) => /\p{L}'\p{L}|"|\S[;?!](?!\p{L})|\p{L}:(?= |$)/u.test(text))).toEqual([]);
  });

  it("keeps the places of names and numbers", () => {
    for (const [text, translation] of Object.entries(FRENCH)) {
      expect(fixedParts(translation), text).toEqual(fixedParts(text));
    }
  });
});
