/** Kills between the files of a checkpoint, and one that is torn afterwards: the training goes on from a whole one, bit for bit. */
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { CHECKPOINT_MOMENTS, expectSplitsSurvive, momentIn } from "../../support/killedCheckpoints";
import { contentOf } from "../../support/mapsContent";
import { trainerProgram, writeResumableStudy } from "../../support/trainerProgram";

describe.each([
  ["one network", {}, null],
  ["a network for each region", { multi_network: true }, 0],
])("a training of %s", (_, changes, network) => {
  it("killed between the files of its checkpoints, and then torn, leaves the results of one that was not", async () => {
    const folder = temporaryFolder();
    const file = await writeResumableStudy(folder, 3, changes);
    const [whole, maps] = [join(folder, "whole"), join(folder, "killed")];
    expect((await trainerProgram(["train", file, "--output", whole])).code).toBe(EXIT.done);
    const { checkpoints } = mapsPlace(maps).split(0).network(network);
    const command = ["train", file, "--output", maps, "--resume"];
    for (const moment of CHECKPOINT_MOMENTS) {
      const before = momentIn(checkpoints, moment);
      const { signal, errors } = await trainerProgram(command, { GYRUS_KILL_BEFORE: before });
      expect(signal, `${before}\n${errors}`).toBe("SIGKILL");
    }
    const { set } = JSON.parse(readFileSync(join(checkpoints, "training_state.json"), "utf8"));
    expect(set).not.toBeNull();
    const torn = join(checkpoints, `checkpoint-${set}.pth.tar`);
    const content = readFileSync(torn);
    writeFileSync(torn, content.fill(0, Math.floor(content.length / 2)));
    truncateSync(join(checkpoints, `optimizer-${set}.pth.tar`), 10);
    const { code, errors } = await trainerProgram(command);
    expect(code, errors).toBe(EXIT.done);
    expect(errors).toContain("is damaged");
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });
});

it("a training of three splits killed within a checkpoint of the second leaves the results of one that was not", () =>
  expectSplitsSurvive(2, (split) => (split === 1 ? ["split-1/tmp/optimizer-1.pth.tar"] : [])));
