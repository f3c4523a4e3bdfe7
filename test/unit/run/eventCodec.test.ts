import { expect, it } from "vitest";
import { formatEvent, parseEvent } from "../../../src/run/eventCodec";
import type { RunEvent } from "../../../src/run/events";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";

const EVENTS: { readonly [Kind in RunEvent["kind"]]: Extract<RunEvent, { kind: Kind }> } = {
  start: { seq: 0, time: 1, ...startEvent() },
  batch: { seq: 1, time: 2, ...batchEvent(0, 0, { loss: Number.POSITIVE_INFINITY }) },
  evaluating: { seq: 2, time: 3, kind: "evaluating", epoch: 0, set: "train", done: 1, of: 4 },
  evaluation: {
    seq: 3,
    time: 4,
    kind: "evaluation",
    epoch: 0,
    batch: 0,
    train: { BA: Number.NaN },
    validation: {},
  },
  epoch: { seq: 4, time: 5, ...epochEvent(0, { waited: 0.25 }) },
  reconstruction: {
    seq: 5,
    time: 6,
    kind: "reconstruction",
    epoch: 0,
    images: [
      {
        name: "sub-01_ses-M000_image",
        participantId: "sub-01",
        sessionId: "ses-M000",
        part: null,
        loss: 0.1,
        metrics: { MAE: 0.2, PSNR: Number.POSITIVE_INFINITY },
      },
    ],
  },
  end: { seq: 5, time: 6, ...endEvent() },
};

it.each(Object.values(EVENTS))("reads what it wrote of $kind", (event) => {
  expect(parseEvent(formatEvent(event).trimEnd())).toEqual({ event });
});

it("reads the epoch of the first version, which did not say how long images were waited for", () => {
  const event = { seq: 4, time: 5, ...epochEvent(0) };
  expect(parseEvent(formatEvent(event).trimEnd())).toEqual({ event });
});

it("reads the end of the first version, which told it in a sentence and counted no batches", () => {
  const message = "Stopped on request after 1 epoch and 2 batches; it can be resumed.";
  const line = JSON.stringify({ seq: 5, time: 6, kind: "end", reason: "stopped", epochs: 1, message });
  expect(parseEvent(line)).toEqual({
    event: { seq: 5, time: 6, kind: "end", reason: "stopped", epochs: 1, batches: 0, message },
  });
});
