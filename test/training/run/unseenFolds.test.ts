import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTrainValidation } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { loadModel } from "../../../src/maps/weights/model";
import {
  groupsWithResults,
  openResults,
  readGroupResults,
} from "../../../src/report/reading/readGroupResults";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { trainPhantom } from "../../support/trainPhantom";

describe("a fold that stays unseen", () => {
  it("is the outer one of an inner validation set, of people of the training table", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const study = await writePhantomStudy(folder, { train: 12, validation: 4 });
    const { outcome } = await trainPhantom(
      phantomExperiment(folder, { epochs: 2, inner_validation: 0.34, selection_metrics: ["loss"] }),
      maps,
    );
    expect(outcome.reason).toBe("completed");
    const ids = (rows: readonly { readonly participant_id?: string }[]) =>
      rows.map((row) => row.participant_id).sort();
    const results = await openResults(maps);
    expect(await groupsWithResults(results)).toEqual([
      { group: "outer", acquaintance: "unseen" },
      { group: "validation", acquaintance: "inner" },
      { group: "train", acquaintance: "trained" },
    ]);
    const answered = async (group: string) => {
      const { answers } = await readGroupResults(results, group);
      return (answers[0]?.sessions ?? []).map(({ participantId }) => participantId).sort();
    };
    expect(await answered("outer")).toEqual(ids(study.validation));
    const [train, inner] = [await answered("train"), await answered("validation")];
    expect(inner).toHaveLength(4);
    expect([...train, ...inner].sort()).toEqual(ids(study.train));
    // Whom nobody saw may be a group of its own in a single split.
    expect((await readTrainValidation(maps)).map(({ participantId }) => participantId).sort()).toEqual(
      ids(study.train),
    );
    expect(outcome.sets?.[0]?.outer?.used.people).toBe(4);
  });

  it("is the validation set where the model of the last epoch is kept, whatever it says of it", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    await writePhantomStudy(folder, { train: 8, validation: 4 });
    const { outcome, events } = await trainPhantom(
      phantomExperiment(folder, { epochs: 3, selection: "last" }),
      maps,
    );
    expect(outcome.splits[0]?.best.last?.epoch).toBe(2);
    expect(events.flatMap((event) => (event.kind === "epoch" ? [event.improved] : []))).toEqual([
      ["last"],
      ["last"],
      ["last"],
    ]);
    const place = mapsPlace(maps).split(0);
    expect((await loadModel(place.network().bestModel("last"))).epoch).toBe(2);
    expect(existsSync(place.best("loss").folder)).toBe(false);
    expect(JSON.parse(readFileSync(mapsPlace(maps).mapsJson, "utf8"))).toMatchObject({
      selection: "last",
      selection_metrics: ["last"],
      patience: 0,
    });
    const found = await readGroupResults(await openResults(maps), "validation");
    expect(found).toMatchObject({ acquaintance: "unseen", headline: "split-0/best-last" });
  });
});
