import { describe, expect, it } from "vitest";
import { describeEnd } from "../../../src/cli/terminal/describeEnd";
import { epochLine } from "../../../src/cli/terminal/progress";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { formatEvent, parseEvent } from "../../../src/run/eventCodec";
import { bestValue, selectBest } from "../../../src/run/selection";
import { Track } from "../../../src/run/track";
import { splitResult } from "../../../src/training/run/splitResult";
import { endEvent, epochEvent, startEvent } from "../../support/events";

const validation = { loss: 0.7, BA: 0.4, sensitivity: 0, specificity: 0.8 };
const lacking = ["BA", "sensitivity"];
const { best } = selectBest({}, ["loss", "BA"], 0, validation, lacking);
const epoch = epochEvent(0, {
  train: { ...validation, sensitivity: 0.5 },
  validation,
  undefinedMetrics: { train: [], validation: lacking },
  best,
});

describe("metrics that a validation set without anybody of a class leaves undefined", () => {
  it("choose by ClinicaDL's number, and are said to be undefined", () => {
    expect(best.BA).toMatchObject({ value: 0.4, undefinedMetrics: lacking });
    expect(bestValue("BA", best.BA!)).toBeNull();
    expect(bestValue("loss", best.loss!)).toBe(0.7);
    expect(selectBest({}, ["loss"], 0, validation).best.loss).toEqual({ epoch: 0, value: 0.7, validation });
  });

  it("stand in the event log, and not in the curves", () => {
    const parsed = parseEvent(formatEvent({ seq: 1, time: 2, ...epoch }));
    if (!("event" in parsed)) throw new Error("The event cannot be read.");
    const track = new Track();
    track.apply([{ seq: 0, time: 1, ...startEvent() }, parsed.event]);
    expect(track.metric("validation", "sensitivity")).toHaveLength(0);
    expect([...track.metric("train", "sensitivity")]).toEqual([0.5]);
    expect(track.epochs[0]?.validation).toEqual({ loss: 0.7, specificity: 0.8 });
    expect(track.epochs[0]?.undefinedMetrics).toEqual({ train: [], validation: lacking });
  });

  it("are undefined on the terminal and null in --json", () => {
    const line = epochLine(epoch, {
      task: "classification",
      epochs: 1,
      split: null,
      network: null,
      classes: ["AD", "CN"],
    });
    expect(line).toContain("BA 0.4000 / undefined");
    expect(line).toMatch(/ s {2}undefined in validation: no image of AD$/);
    const track = new Track();
    const events = [startEvent(), epoch, endEvent({ epochs: 1 })];
    track.apply(events.map((body, seq) => ({ seq, time: seq, ...body })));
    expect(describeEnd(track, { text: sayInEnglish, words: phraseText })).toContain(
      "BA undefined in epoch 1",
    );
    const summary = { network: null, reason: "completed", problems: [], epochs: 1, best } as const;
    expect(splitResult(0, summary, {}).best.BA?.validation).toEqual({
      loss: 0.7,
      BA: null,
      sensitivity: null,
      specificity: 0.8,
    });
  });
});
