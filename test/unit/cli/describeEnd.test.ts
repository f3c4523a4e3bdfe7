import { describe, expect, it } from "vitest";
import { describeEnd } from "../../../src/cli/terminal/describeEnd";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { phraseText } from "../../../src/experiment/problems/phrases";
import type { RunEventBody } from "../../../src/run/events";
import { Track } from "../../../src/run/track";
import { endEvent, epochEvent, startEvent } from "../../support/events";

/** What is said of these events. */
function said(...events: readonly RunEventBody[]): string {
  const track = new Track();
  track.apply(events.map((body, seq) => ({ seq, time: 1000 * seq, ...body })));
  return describeEnd(track, { text: sayInEnglish, words: phraseText });
}

describe("describeEnd", () => {
  it.each([
    [1, "The 1 epoch was run. There is no best model."],
    [2, "All 2 epochs were run. There is no best model."],
  ])("of %i epochs that were all", (epochs, text) => {
    expect(said(startEvent(), endEvent({ reason: "completed", epochs }))).toBe(text);
  });

  it("of a stop within an epoch", () => {
    const end = endEvent({ reason: "stopped", epochs: 1, batches: 2 });
    expect(said(startEvent(), end)).toBe(
      "Stopped on request after 1 epoch and 2 batches; it can be resumed.",
    );
  });

  it("of early stopping, with the best models", () => {
    const stopping = { best: 0.65, badEpochs: 5, patience: 5, tolerance: 0, threshold: 0.65 };
    const events = [
      startEvent(),
      epochEvent(0, { stopping }),
      endEvent({ reason: "early_stopping", epochs: 6 }),
    ];
    expect(said(...events)).toBe(
      "Stopped early after 6 epochs: the validation loss had not improved for 5. Best models: loss 0.6500 in epoch 1.",
    );
  });

  it("of a failure, in the words of what was thrown", () => {
    expect(said(startEvent(), endEvent({ reason: "failed", message: "The disk is full." }))).toBe(
      "The disk is full.",
    );
  });

  it("is nothing while the training goes on", () => {
    expect(said(startEvent(), epochEvent(0))).toBe("");
  });
});
