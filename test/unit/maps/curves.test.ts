import { appendFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCurves, readTable } from "../../../src/maps/events/curves";
import { EventLog } from "../../../src/maps/events/eventLog";
import { mapsPlace } from "../../../src/maps/folder/place";
import { writeMetrics, writeVotedMetrics } from "../../../src/maps/tables/metricsTsv";
import { readBestValue, readResults } from "../../../src/maps/tables/results";
import { TrainingTsv } from "../../../src/maps/tables/trainingTsv";
import type { RunEvent, RunEventBody } from "../../../src/run/events";
import { batchEvent, epochEvent, startEvent } from "../../support/events";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

const at = (seconds: number, body: RunEventBody, seq = 0): RunEvent => ({
  seq,
  time: 1000 * seconds,
  ...body,
});
const evaluationEvent = (epoch: number, batch: number): RunEventBody => ({
  kind: "evaluation",
  epoch,
  batch,
  train: { loss: 0.7 },
  validation: { loss: 0.8 },
});
const rules = { selectionMetrics: ["loss", "BA"], patience: 10, tolerance: 0 };

describe("readCurves", () => {
  it("gives every evaluation of an event log, and what could not be read", async () => {
    const maps = temporaryFolder();
    const log = EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl);
    for (const event of [startEvent(), batchEvent(0, 0), evaluationEvent(0, 0), epochEvent(0)])
      log.append(event);
    log.close();
    appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, "garbage\n");
    const curves = await readCurves(mapsPlace(maps).split(0).network(), rules);
    expect(curves).toMatchObject({
      source: "events",
      problems: [{ code: "events.not-json", where: "line 5" }],
    });
    const { track } = curves;
    expect(track.evaluations.epoch.view()).toEqual(Float64Array.of(0, 0));
    expect(track.evaluations.position.view()).toEqual(Float64Array.of(0.25, 1));
    expect(track.metric("train", "loss")).toEqual(Float64Array.of(0.7, 0.6));
    expect(track.metric("validation", "loss")).toEqual(Float64Array.of(0.8, 0.65));
    expect(track.metric("validation", "BA")).toEqual(Float64Array.of(Number.NaN, 0.5));
  });

  it("leaves the pause before a resumption out of the time", async () => {
    const maps = temporaryFolder();
    EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl).close();
    const events = [
      at(1000, startEvent()),
      at(1010, epochEvent(0)),
      at(1015, batchEvent(1, 0)),
      at(5000, startEvent({ resumedAt: { epoch: 1, batch: 0 } })),
      at(5010, epochEvent(1)),
    ];
    appendFileSync(
      mapsPlace(maps).split(0).network().eventsJsonl,
      events.map((event, seq) => `${JSON.stringify({ ...event, seq })}\n`).join(""),
    );
    const { track } = await readCurves(mapsPlace(maps).split(0).network(), rules);
    expect(track.evaluations.elapsed.view()).toEqual(Float64Array.of(10, 20));
  });

  it("reads training.tsv of a network where there is no log, without losses of unknown scale", async () => {
    const maps = temporaryFolder();
    const table = await TrainingTsv.create(mapsPlace(maps).split(1).network(4).trainingTsv, "regression");
    table.append({ epoch: 0, iteration: 2, time: 3, train: { MAE: 0.5, loss: 1 }, validation: { loss: 2 } });
    const { rows, problems } = await readTable(mapsPlace(maps).split(1).network(4));
    expect(rows).toMatchObject([{ epoch: 0, batch: 2, time: 3, train: { MAE: 0.5 } }]);
    expect(rows[0]!.train.loss).toBeUndefined();
    const { source, track } = await readCurves(mapsPlace(maps).split(1).network(4), rules);
    expect(source).toBe("table");
    expect(track.metric("train", "MAE")).toEqual(Float64Array.of(0.5));
    expect(problems.map(({ code }) => code)).toEqual(["curves.unknown-scale"]);
  });

  it("is empty where there is nothing", async () => {
    const maps = temporaryFolder();
    expect(await readCurves(mapsPlace(maps).split(0).network(), rules)).toMatchObject({
      source: "none",
      problems: [],
    });
    expect(await readTable(mapsPlace(maps).split(0).network())).toEqual({ rows: [], problems: [] });
  });
});

describeWithReference("ClinicaDL's MAPS", ["reference/maps_image", "reference/maps_ae"], () => {
  async function copyOf(name: string) {
    const maps = join(temporaryFolder(), name);
    cpSync(reference(`reference/${name}`), maps, {
      recursive: true,
      filter: (path) => !/\.(?:pt|tar|gz)$/.test(path),
    });
    return maps;
  }

  it("has none where the table is a header alone, as ClinicaDL leaves it, and that is said", async () => {
    const maps = await copyOf("maps_image");
    expect(await readCurves(mapsPlace(maps).split(0).network(), rules)).toMatchObject({
      source: "none",
      problems: [{ code: "curves.no-epoch" }],
    });
  });

  it("has curves whose losses, sums over batches, are shown as means", async () => {
    const maps = await copyOf("maps_image");
    const metrics = { BA: 0.5, loss: 6 };
    const table = await TrainingTsv.create(mapsPlace(maps).split(0).network().trainingTsv, "classification");
    table.append({ epoch: 0, iteration: 2, time: 3, train: metrics, validation: metrics });
    // 11 images to train and 9 to validate, in batches of 4: 3 batches each.
    expect((await readTable(mapsPlace(maps).split(0).network())).rows).toMatchObject([
      { epoch: 0, batch: 2, time: 3, train: { BA: 0.5, loss: 2 }, validation: { loss: 2 } },
    ]);
  });

  it("has results of every group, with comparable losses only", async () => {
    const results = await readResults(mapsPlace(reference("reference/maps_image")).split(0).best("loss"));
    expect(results.map(({ group, levels }) => [group, levels.map(({ level }) => level)])).toEqual([
      ["test", ["image"]],
      ["train", ["image"]],
      ["validation", ["image"]],
    ]);
    const [test, train] = results.map(({ levels }) => levels[0]!.metrics[0]!);
    expect(test!.values).toMatchObject({ BA: 0.5, specificity: 1 });
    expect(test!.values.loss).toBeUndefined();
    expect(train!.values.loss).toBe(1.9731335639953613 / 3);
    expect(train!.interval?.lower.accuracy).toBe(0.36363636363636365);
    expect(await readResults(mapsPlace(reference("reference/maps_image")).split(0).best("BA"))).toEqual([]);
  });

  it("has a best value for each network of a multi-network", async () => {
    const maps = await copyOf("maps_image");
    const folder = mapsPlace(maps).split(0).best("BA").results("validation").folder;
    const block = (network: number, BA: number) => ({ network, values: { BA, loss: 3 }, interval: null });
    await writeMetrics(join(folder, "validation_patch_level_metrics.tsv"), [block(0, 0.25), block(1, 0.75)]);
    await writeVotedMetrics(join(folder, "validation_image_level_metrics.tsv"), { BA: 0.5 });
    expect(await readBestValue(mapsPlace(maps).split(0).best("BA"), 1)).toBe(0.75);
    expect(await readBestValue(mapsPlace(maps).split(0).best("BA"), null)).toBe(0.5);
    expect(await readBestValue(mapsPlace(maps).split(0).best("BA"), 7)).toBeNull();
    expect(await readBestValue(mapsPlace(maps).split(0).best("accuracy"), null)).toBeNull();
  });

  it("reports a metrics table without metrics", async () => {
    const maps = await copyOf("maps_ae");
    const table = mapsPlace(maps).split(0).best("loss").results("train").metricsTsv("image");
    writeFileSync(table, "");
    const train = (await readResults(mapsPlace(maps).split(0).best("loss"))).find(
      ({ group }) => group === "train",
    );
    expect(train?.problems).toMatchObject([{ code: "results.no-metrics", file: table }]);
  });
});
