/** What the CodeLens above an experiment says of its data and its network. */
import { describe, expect, it } from "vitest";
import { factsWords } from "../../../src/extension/files/factsWords";
import type { SetFlow } from "../../../src/statistics/dataFlow";

const count = (people: number, sessions = people) => ({ people, sessions });
const setOf = (ad: number, cn: number, leftOut: SetFlow["leftOut"] = []): SetFlow => ({
  rows: count(ad + cn),
  used: count(ad + cn),
  classes: [
    { name: "AD", ...count(ad) },
    { name: "CN", ...count(cn) },
  ],
  leftOut,
});
const facts = {
  inputSize: [1, 48, 56, 48],
  partsPerImage: 1,
  splits: 1,
  classes: ["AD", "CN"],
  parameters: 1,
} as const;

describe("the facts of an experiment", () => {
  it("are the classes of both sets, and how many were left out", () => {
    const left: SetFlow["leftOut"] = [
      {
        reason: "no-diagnosis",
        ...count(2, 3),
        examples: ["sub-1 ses-M000", "sub-1 ses-M006", "sub-2 ses-M000"],
      },
      { reason: "no-image", ...count(1), examples: ["sub-3 ses-M000"] },
    ];
    const flow = { train: setOf(29, 28, left), validation: setOf(10, 10) };
    expect(factsWords({ ...facts, flow })).toBe(
      "57 images to train (AD 29, CN 28), 20 to validate (AD 10, CN 10) · 4 left out · 1@48×56×48 · 1 parameter",
    );
  });

  it("count people where they have several sessions, and several splits", () => {
    const twice: SetFlow = { ...setOf(0, 0), used: count(1, 2), classes: [{ name: "AD", ...count(1, 2) }] };
    const flow = { train: twice, validation: twice };
    expect(factsWords({ ...facts, splits: 5, flow })).toContain(
      "2 images to train (AD 2 of 1 person), 2 to validate (AD 2 of 1 person) · 5 splits",
    );
  });

  it("say nothing of data that cannot be used", () => {
    expect(factsWords({ ...facts, parameters: null, partsPerImage: 27, flow: null })).toBe(
      "27 parts of 1@48×56×48",
    );
  });
});
