import { expect, it } from "vitest";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { explanationFindings } from "../../../src/report/document/explanationFindings";

const said = (...given: Parameters<typeof explanationFindings>) =>
  explanationFindings(...given).map(phraseText);
const weightsTest = { samples: 5, rank: 0.123, absoluteRank: 0.7, similarity: 0.456 };

it("says in words whether a map depends on the weights, with its figures", () => {
  expect(said({ weightsTest: { ...weightsTest, depends: false } })).toEqual([
    "Weights drawn anew make nearly the same map (5 samples: rank correlation 0.12, of magnitudes 0.70; structural similarity of magnitudes 0.46): what is seen hardly depends on what the network has learned, and explains no answer.",
  ]);
  expect(said({ weightsTest: { ...weightsTest, depends: true } })[0]).toContain("depends on what");
  expect(said({ weightsTest: { ...weightsTest, depends: null } })[0]).toContain("cannot be told");
});

it("says that nothing was tested, and how far integrated gradients are from the change of the answer", () => {
  const completeness = { samples: 9, meanChange: 2.3456, meanGap: 0.00123, largestGap: 0.02 };
  expect(said({ completeness })).toEqual([
    "Whether the map depends on what the network has learned was not tested.",
    "The maps add up to the change of the answer from an empty image (2.35 on average) but for 0.00123 on average and 0.02 at most.",
  ]);
});
