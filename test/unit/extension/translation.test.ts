import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { architectureStrings } from "../../../webview/architecture/strings";
import { networkStrings } from "../../../webview/network/strings";
import { sharedStrings } from "../../../webview/shared/strings";
import { trainingStrings } from "../../../webview/training/strings";
import { transpositionStrings } from "../../../webview/transposition/strings";
import { localisedTexts } from "../../support/localisedTexts";

const root = resolve(import.meta.dirname, "../../..");
const table = (path: string) =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(resolve(root, path), "utf8")));

/** English texts of the views, by their folder below webview/. */
const viewTexts: readonly (readonly [string, readonly string[]])[] = Object.entries({
  shared: sharedStrings,
  training: trainingStrings,
  network: networkStrings,
  architecture: architectureStrings,
  transposition: transpositionStrings,
}).map(([view, strings]) => [view, Object.values(strings)]);

/** "{0}" and links keep their meaning in every language. */
const fixedParts = (text: string) =>
  [...text.matchAll(/\{\d+\}|\(command:[\w.]+\)|\$\([\w-]+\)/g)].map(String).sort();

describe("the manifest in English and French", () => {
  const english = table("package.nls.json");
  const french = table("package.nls.fr.json");

  it("has every text that package.json asks for, and no other", () => {
    const manifest = readFileSync(resolve(root, "package.json"), "utf8");
    const asked = [...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
    expect(Object.keys(english).sort()).toEqual([...new Set(asked)].sort());
  });

  it("has the same texts, with the same links", () => {
    expect(Object.keys(french)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(english))
      expect(fixedParts(french[key]!), key).toEqual(fixedParts(text));
  });
});

describe("the extension in French", () => {
  const { texts, computed } = localisedTexts(resolve(root, "src/extension"));
  const french = table("l10n/bundle.l10n.fr.json");

  it("has a translation of every text, and of no other", () => {
    // The texts of views, which have tables of their own.
    expect(computed).toEqual([expect.stringMatching(/^panels[\\/]panelTexts\.ts/)]);
    const missing = texts.filter(({ text }) => !(text in french));
    expect(missing).toEqual([]);
    const used = new Set([...texts.map(({ text }) => text), ...viewTexts.flatMap(([, table]) => table)]);
    expect(Object.keys(french).filter((text) => !used.has(text))).toEqual([]);
  });

  it.each(viewTexts)("has every text of the views: %s", (_view, table) => {
    expect(table.filter((text) => !(text in french))).toEqual([]);
  });

  it("keeps the places of names and numbers", () => {
    for (const [text, translation] of Object.entries(french)) {
      expect(fixedParts(translation), text).toEqual(fixedParts(text));
    }
  });
});
