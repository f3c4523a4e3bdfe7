/** A count is often 1: every text of the program is said with it, in English and in French. */
import { describe, expect, it } from "vitest";
import { fillWords } from "../../../src/experiment/problems/words";
import { sentence, sentenceText } from "../../../src/network/sentence";
import { fillPlaces, placesIn } from "../../../src/network/wordForms";
import { FRENCH } from "../../support/frenchTexts";

const inFrench = (template: string) => FRENCH[template] ?? template;
/** Places that are no counts of what follows them: sizes, shapes, lists, names. */
const NO_COUNTS = new Set(
  "size patch needed sizes pipeline option positive figures from to what mode".split(" "),
);

const ones = (template: string) =>
  Object.fromEntries(placesIn(template).map((name) => [name, NO_COUNTS.has(name) ? "x" : 1]));

/** A word in the plural behind "1" or "1 of 1", a word between them or none. */
const ENGLISH =
  /(?<![\d.=×x] ?)\b1 (?:of 1 )?(?:(?!all |and |with |by )[a-z]+ )?(people|[a-z]+[a-hj-rtv-z]s)\b/g;
const FRENCH_PLURAL =
  /(?<![\d.=×x] ?)(?<![\p{L}])1 (?:sur 1 )?(?:(?!des? |du |mais |sont |sans |sur |pas |au |à )\p{Ll}+ )?(\p{Ll}{2,}[sx])(?!\p{L})/gu;

/** What ends like a plural and is none: verbs of one thing, prepositions, words that have one form. */
const ENGLISH_SINGULAR = new Set(
  "becomes brings changes computes fits reaches does comes gives goes stands says holds starts begins learns repeats differs trains checks tells leads needs stays lacks has was its this class axis unpacks spells validates".split(
    " ",
  ),
);
const FRENCH_SINGULAR = new Set("dans mais plus poids taux sous faux des après sans fois".split(" "));

/** Where more than one are always meant, or the number is none of the things behind it. */
const RIGHT = [
  /^Sensitivity is the share of \{0\}/,
  /^It holds a whole number of \{0\} bytes/,
  /whose \{parts\} parts answer together/,
  /^its \{0\} groups do not divide/,
  /^it needs channels and \{0\} spatial axes/,
  /^with \{0\} weights here/,
  /^\{threads\} threads on/,
  // Names of classes, groups and runs.
  /^\{0\} against the others/,
  /^There are no answers for \{group\}/,
  /^\{name\} less the other/,
];

const texts = Object.keys(FRENCH).filter(
  (text) => placesIn(text).length > 0 && !RIGHT.some((right) => right.test(text)),
);

/** Those that say a plural of one. */
const wrong = (pattern: RegExp, singular: ReadonlySet<string>, said: readonly string[]) =>
  said.filter((text) => [...text.matchAll(pattern)].some(([, word]) => !singular.has(word ?? "")));

describe("a text with a count of 1", () => {
  it("has no plural behind it in English", () => {
    const said = texts.map((text) => fillWords(text, ones(text)));
    expect(wrong(ENGLISH, ENGLISH_SINGULAR, said)).toEqual([]);
  });

  it("has no plural behind it in French", () => {
    const said = texts.map((text) => fillWords(text, ones(text), inFrench));
    expect(wrong(FRENCH_PLURAL, FRENCH_SINGULAR, said)).toEqual([]);
  });
});

describe("a word that goes with a number", () => {
  const scans = "{count} {count|scan stands|scans stand} here";

  it("has its form in English for 1 alone", () => {
    expect([0, 1, 2].map((count) => fillWords(scans, { count }))).toEqual([
      "0 scans stand here",
      "1 scan stands here",
      "2 scans stand here",
    ]);
  });

  it("counts 0 as one in French, and what is written with thousands set apart as many", () => {
    const said = ["0", "1", "2", "1 000"].map((count) =>
      fillPlaces("{n} {n|image|images}", () => count, "fr-FR"),
    );
    expect(said).toEqual(["0 image", "1 image", "2 images", "1 000 images"]);
  });

  it("falls away with the part of the sentence that has no value", () => {
    expect(fillWords("a[ and {n} {n|batch|batches}]", { n: null })).toBe("a");
    expect(fillWords("a[ and {n} {n|batch|batches}]", { n: 1 })).toBe("a and 1 batch");
  });

  it("stands in marked sentences too, in the reader's language", () => {
    const channels = sentence`it expects ${1} {0|channel|channels}.`;
    expect(sentenceText(channels)).toBe("it expects 1 channel.");
    expect(sentenceText(channels, inFrench)).toBe("elle attend 1 canal.");
  });
});
