import { describe, expect, it } from "vitest";
import { translatorOf } from "../../../src/cli/terminal/language";
import { failurePhrase } from "../../../src/experiment/problems/failurePhrase";
import { type KeptFailure, keepFailure } from "../../../src/experiment/problems/keptProblem";
import { aboutSubject, problem, withHint } from "../../../src/experiment/problems/makeProblem";
import { phraseOf } from "../../../src/experiment/problems/networkSentence";
import { phrase } from "../../../src/experiment/problems/phrases";
import { describeProblem } from "../../../src/experiment/problems/problem";
import { fillWords, inEnglish, type Translate } from "../../../src/experiment/problems/words";
import { sentence } from "../../../src/network/sentence";
import { parseEvent } from "../../../src/run/eventCodec";

const french = translatorOf({ GYRUS_LANGUAGE: "fr" });

function said(failure: KeptFailure, translate: Translate): string {
  const { template, values } = failurePhrase(failure);
  return fillWords(template, values, translate);
}

/** As a log of events gives it back. */
function afterLog(failure: object): KeptFailure {
  const line = { seq: 0, time: 1, kind: "end", reason: "failed", epochs: 1, batches: 2, ...failure };
  const parsed = parseEvent(JSON.stringify(line));
  if (!("event" in parsed) || parsed.event.kind !== "end") throw new Error(JSON.stringify(parsed));
  return parsed.event;
}

const problems = [
  withHint(
    phrase("data-moved", { file: "maps.json" }),
    aboutSubject(
      "sub-01 ses-M000",
      problem("file.disk-error", { file: "/maps", where: "row 2" }, { file: phrase("a-file") }),
    ),
  ),
  problem("training.not-finite", {}, { loss: Number.NaN, batch: 2, epoch: 1, images: ["sub-01", "sub-02"] }),
  problem(
    "engine.failed",
    {},
    { reason: phraseOf(sentence`onnxruntime could not compute a batch of ${4}: ${"x"}`) },
  ),
  problem("training.stopped", {}, { maps: "m" }),
];

describe("a failure that is kept", () => {
  it("is said again as it was, and in French", () => {
    for (const one of problems) {
      const kept = afterLog(keepFailure([one]));
      expect(said(kept, inEnglish)).toBe(describeProblem(one));
      expect(said(kept, french)).not.toBe(describeProblem(one));
    }
    expect(said(afterLog(keepFailure(problems)), inEnglish)).toBe(problems.map(describeProblem).join("\n"));
  });

  it("has its sentence in English too, for who reads no codes", () => {
    expect(keepFailure(problems).message).toBe(problems.map(describeProblem).join("\n"));
    expect(keepFailure([])).toEqual({ message: "" });
  });

  it("is said as it stands where a former trainer wrote it, or one that knows more codes", () => {
    const former = afterLog({ message: "The disk is full." });
    expect(said(former, french)).toBe("The disk is full.");
    const newer = { message: "Too warm.", problems: [{ code: "weather.warm", values: { degrees: 41 } }] };
    expect(said(afterLog(newer), french)).toBe("Too warm.");
  });
});
