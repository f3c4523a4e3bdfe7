import { describe, expect, it } from "vitest";
import { z } from "zod";
import { observeLoss, startStopping } from "../../../src/run/stopping";
import { readJsonFixture } from "../../support/fixtures";

const casesSchema = z.array(
  z.object({
    sequence: z.string(),
    losses: z.array(z.union([z.number(), z.literal("nan").transform(() => Number.NaN)])),
    patience: z.number(),
    tolerance: z.number(),
    epochs_run: z.number(),
    stopped_early: z.boolean(),
    best: z.number().nullable(),
    num_bad_epochs: z.number(),
  }),
);

describe("early stopping equals ClinicaDL's", () => {
  for (const golden of casesSchema.parse(readJsonFixture("training/e_early_stopping.json"))) {
    const { sequence, patience, tolerance } = golden;
    it(`${sequence}, patience ${patience}, tolerance ${tolerance}`, () => {
      let state = startStopping({ patience, tolerance });
      let epochs = 0;
      let stopped = false;
      while (epochs < golden.losses.length && !stopped) {
        epochs += 1;
        // ClinicaDL decides before an epoch, so the loss of the last one is never looked at.
        if (epochs === golden.losses.length) break;
        const observed = observeLoss(state, golden.losses[epochs - 1]!);
        state = observed.state;
        stopped = observed.verdict !== "continue";
      }
      expect({ epochs, stopped, best: state.best, badEpochs: state.badEpochs }).toEqual({
        epochs: golden.epochs_run,
        stopped: golden.stopped_early,
        best: golden.best,
        badEpochs: golden.num_bad_epochs,
      });
    });
  }
});
