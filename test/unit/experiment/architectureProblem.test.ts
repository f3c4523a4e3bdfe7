import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { asInputError } from "../../../src/experiment/problems/architectureProblem";
import {
  describeProblem,
  describeProblemIn,
  type InputError,
} from "../../../src/experiment/problems/problem";
import { ArchitectureError } from "../../../src/network/architectureError";
import { outputShape } from "../../../src/network/shapes/shape";

const bundle = resolve(import.meta.dirname, "../../../l10n/bundle.l10n.fr.json");
const french = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(bundle, "utf8")));

const [found] = refusal().problems;
if (found === undefined) throw new Error("no problem");

function refusal(): InputError {
  try {
    outputShape({ kind: "Linear", inFeatures: 8, outFeatures: 2, bias: true }, [9], "fc.2");
  } catch (error) {
    return asInputError(error, "architecture");
  }
  throw new Error("the layer was not refused");
}

it("says what the network room refuses in English, as that room does", () => {
  expect(describeProblem(found)).toBe(
    "architecture: fc.2: Linear(in_features=8, out_features=2, bias=True) cannot take the input 9: it expects 8 features. Make its in_features that of the layer before.",
  );
});

it("says it in French, the sentence inside the sentence included", () => {
  expect(describeProblemIn((template) => french[template] ?? template, found)).toBe(
    "architecture: fc.2: Linear(in_features=8, out_features=2, bias=True) ne peut pas prendre l’entrée 9 : elle attend 8 valeurs. Donnez à in_features le nombre de la couche précédente.",
  );
});

it("leaves any other error as it was thrown", () => {
  const error = new Error("of another room");
  expect(error).not.toBeInstanceOf(ArchitectureError);
  expect(() => asInputError(error, "architecture")).toThrow(error);
});
