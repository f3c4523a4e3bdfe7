import { it } from "vitest";
import { CHECKPOINT_MOMENTS, expectSplitsSurvive } from "../support/killedCheckpoints";

const record = (split: number) => `split-${split}/training_logs/run.json`;

/** The next split is begun before what the last one came to is recorded; a resumption records it first. */
const BEFORE_SPLIT = [[record(0)], [record(1), record(0)], [`${record(1)}#2`]];

it("a training of three splits killed between the files of its checkpoints and results, and between splits, leaves the results of one that was not", () =>
  expectSplitsSurvive(3, (split) => [
    ...BEFORE_SPLIT[split]!,
    ...CHECKPOINT_MOMENTS.map((moment) => `split-${split}/tmp/${moment}`),
    `split-${split}/best-loss/train`,
    `split-${split}/best-BA/validation`,
  ]));
