/** Kills between the files of a checkpoint: which moments there are, and what a training of several splits must survive. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { EXIT } from "../../src/run/exitCodes";
import { temporaryFolder } from "./folder";
import { contentOf } from "./mapsContent";
import { gyrus } from "./memoryTerminal";
import { trainerProgram, writeResumableStudy } from "./trainerProgram";

/** The moments of the second checkpoint, the first that has one before it. */
export const CHECKPOINT_MOMENTS = [
  "checkpoint-2.pth.tar",
  "optimizer-2.pth.tar",
  "training_state-former.json",
  "training_state.json#2",
];

/** Numbers go on where a resumption finds files of a set that was not completed. */
export const momentIn = (checkpoints: string, moment: string): string =>
  moment.replace("-2.", `-${nextSet(checkpoints)}.`);

/** The number that the next checkpoint gets; 2, that of the second, where there is none. */
function nextSet(checkpoints: string): number {
  const names = existsSync(checkpoints) ? readdirSync(checkpoints) : [];
  const sets = names.map((name) => Number(/^checkpoint-(\d+)\.pth\.tar$/.exec(name)?.[1] ?? 0));
  return Math.max(1, ...sets) + 1;
}

const SPLITS = 3;

/**
 * Three folds of the demo, trained by one command that is killed in each split, and given again, before each of the moments that
 * `momentsOf` names for it; what it comes to must be what one that was not killed leaves, bit for bit.
 * @param momentsOf what is renamed at these moments, below the folder of the MAPS
 */
export async function expectSplitsSurvive(
  epochs: number,
  momentsOf: (split: number) => readonly string[],
): Promise<void> {
  const folder = temporaryFolder();
  const file = await writeResumableStudy(folder, epochs, { tsv_path: "tsv/3_fold", n_splits: SPLITS });
  const folds = await gyrus("tsv", "kfold", join(folder, "tsv/labels.tsv"), "--n-splits", String(SPLITS));
  expect(folds.exit, folds.said).toBe(EXIT.done);
  const [whole, maps] = [join(folder, "whole"), join(folder, "killed")];
  expect((await trainerProgram(["train", file, "--output", whole])).code).toBe(EXIT.done);
  const command = ["train", file, "--output", maps, "--resume"];
  for (let split = 0; split < SPLITS; split++) {
    const { checkpoints } = mapsPlace(maps).split(split).network();
    for (const moment of momentsOf(split)) {
      const before = momentIn(checkpoints, moment);
      const { signal, errors } = await trainerProgram(command, { GYRUS_KILL_BEFORE: `/killed/${before}` });
      expect(signal, `${before}\n${errors}`).toBe("SIGKILL");
    }
  }
  const { code, errors } = await trainerProgram(command);
  expect(code, errors).toBe(EXIT.done);
  expect(await contentOf(maps)).toEqual(await contentOf(whole));
}
