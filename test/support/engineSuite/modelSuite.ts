/** What every engine owes the training. */
import type { Engine } from "../../../src/engine/engine";
import { describeAccumulation } from "./accumulationSuite";
import { describeAnswers } from "./answerSuite";
import { describeDropout } from "./dropoutSuite";
import { describeRefusals } from "./refusalSuite";
import { describeState } from "./stateSuite";
import { describeUpdates } from "./updateSuite";

export function describeModel(createEngine: () => Promise<Engine>): void {
  describeAccumulation(createEngine);
  describeUpdates(createEngine);
  describeDropout(createEngine);
  describeState(createEngine);
  describeAnswers(createEngine);
  describeRefusals(createEngine);
}
