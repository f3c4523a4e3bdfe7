/** A MAPS that is moved, renamed or deleted while it is trained: its trainer ends, and makes nothing at the old place. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import type { RunEvent } from "../../../src/run/events";
import { resumeTraining } from "../../../src/training/run/resumeTraining";
import { temporaryFolder } from "../../support/folder";
import { contentOf } from "../../support/mapsContent";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { readEvents } from "../../support/readEvents";
import { trainPhantom } from "../../support/trainPhantom";

const quarters = { preprocessing_dict: { mode: "patch", patch_size: 7, stride_size: 5 } };

/** Trains, and does something to the MAPS at the event `at`. */
async function trainAnd(act: (maps: string) => void, at: RunEvent["kind"], changes = {}) {
  const folder = temporaryFolder();
  await writePhantomStudy(folder);
  const experiment = phantomExperiment(folder, { epochs: 3, ...changes });
  const maps = join(folder, "maps");
  let done = false;
  const observer = (event: RunEvent) => {
    if (done || event.kind !== at || ("epoch" in event && event.epoch !== 1)) return;
    done = true;
    act(maps);
  };
  const failure = await trainPhantom(experiment, maps, { observer }).catch((error: unknown) => error);
  expect(done).toBe(true);
  return { folder, maps, experiment, failure };
}

const move = (maps: string) => renameSync(maps, `${maps}-moved`);
const gone = expect.objectContaining({
  name: "MapsGone",
  problem: expect.objectContaining({ code: "maps.gone" }),
});

describe("a MAPS under its trainer", () => {
  it.each(["batch", "evaluating", "epoch"] as const)(
    "that is moved at a %s is left alone at its old place, and goes on at its new one",
    async (at) => {
      const { folder, maps, experiment, failure } = await trainAnd(move, at);
      expect(failure).toEqual(gone);
      expect(existsSync(maps)).toBe(false);
      const { eventsJsonl, runJson } = mapsPlace(`${maps}-moved`).split(0).network();
      const { events } = await readEvents(eventsJsonl);
      expect(events.at(-1)).toMatchObject({
        kind: "end",
        reason: "failed",
        problems: [{ code: "maps.gone" }],
      });
      // The process that trained has ended by then; this one has not.
      const record = JSON.parse(readFileSync(runJson, "utf8"));
      writeFileSync(runJson, JSON.stringify({ ...record, pid: 2 ** 22 }));
      const options = { engine: await createOnnxEngine({ threads: 1 }), gyrusVersion: "0.0.0", command: [] };
      expect((await resumeTraining(`${maps}-moved`, options)).reason).toBe("completed");
      const whole = join(folder, "whole");
      await trainPhantom(experiment, whole);
      expect(await contentOf(`${maps}-moved`)).toEqual(await contentOf(whole));
    },
  );

  it("that is deleted does not come back", async () => {
    const { maps, failure } = await trainAnd((maps) => rmSync(maps, { recursive: true }), "batch");
    expect(failure).toEqual(gone);
    expect(existsSync(maps)).toBe(false);
  });

  it("in whose place another folder stands is not mixed with it", async () => {
    const replace = (maps: string) => {
      move(maps);
      mkdirSync(maps);
    };
    const { maps, failure } = await trainAnd(replace, "batch");
    expect(failure).toEqual(gone);
    expect(readdirSync(maps)).toEqual([]);
  });

  it("is not made anew by networks that train side by side", async () => {
    const changes = { ...quarters, multi_network: true, networks_at_once: 2 };
    const { maps, failure } = await trainAnd(move, "batch", changes);
    expect(failure).toEqual(gone);
    expect(existsSync(maps)).toBe(false);
  });
});
