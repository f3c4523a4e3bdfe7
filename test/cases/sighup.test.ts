import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { EXIT } from "../../src/run/exitCodes";
import { writeCase } from "../support/caseStudy";
import { trainerProgram } from "../support/trainerProgram";

describe.skipIf(process.platform === "win32")("23 a session that is closed", () => {
  it("ends a training like SIGTERM, with a checkpoint and its reason in the record", async () => {
    const { experiment, maps } = await writeCase({ keys: { epochs: 40, patience: 0 } });
    const ending = await trainerProgram(["train", experiment, "--output", maps], {
      GYRUS_KILL_AT: "150",
      GYRUS_SIGNALS: "SIGHUP SIGHUP",
    });
    expect(ending, ending.errors).toMatchObject({ code: EXIT.stopped, signal: null });
    const unit = mapsPlace(maps).split(0).network();
    expect(JSON.parse(readFileSync(unit.runJson, "utf8")).end).toMatchObject({ reason: "stopped" });
    expect(readdirSync(unit.checkpoints)).toContain("training_state.json");
    expect((await trainerProgram(["resume", maps])).code).toBe(EXIT.done);
  });
});
