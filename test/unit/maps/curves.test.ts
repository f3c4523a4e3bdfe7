import { appendFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCurves, withoutRepeated } from "../../../src/maps/events/curves";
import { EventLog } from "../../../src/maps/events/eventLog";
import { mapsPlace } from "../../../src/maps/folder/place";
import { writeMetrics, writeVotedMetrics } from "../../../src/maps/tables/metricsTsv";
import { readBestValue, readResults } from "../../../src/maps/tables/results";
import { TrainingTsv } from "../../../src/maps/tables/trainingTsv";
import type { RunEvent, RunEventBody } from "../../../src/run/events";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";
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
const places = (events: readonly RunEvent[]) =>
  events.map((event) =>
    "epoch" in event ? [event.kind, event.epoch, "batch" in event ? event.batch : null] : [event.kind],
  );

describe("withoutRepeated", () => {
  it("voids what a resumption in the middle of an epoch runs again", () => {
    const events = [
      at(0, startEvent()),
      at(1, batchEvent(0, 0)),
      at(2, epochEvent(0)),
      at(3, batchEvent(1, 0)),
      at(4, evaluationEvent(1, 0)),
      at(5, batchEvent(1, 1)),
      at(6, evaluationEvent(1, 1)),
      at(7, batchEvent(1, 2)),
      at(8, evaluationEvent(1, 2)),
      at(9, batchEvent(1, 3)),
      at(10, endEvent({ reason: "failed" })),
      at(100, startEvent({ resumedAt: { epoch: 1, batch: 3 } })),
      at(101, evaluationEvent(1, 2)),
      at(102, batchEvent(1, 3)),
    ];
    expect(places(withoutRepeated(events))).toEqual([
      ["start"],
      ["batch", 0, 0],
      ["epoch", 0, 3],
      ["batch", 1, 0],
      ["evaluation", 1, 0],
      ["batch", 1, 1],
      ["evaluation", 1, 1],
      ["batch", 1, 2],
      ["end"],
      ["start"],
      ["evaluation", 1, 2],
      ["batch", 1, 3],
    ]);
  });

  it("voids over several resumptions", () => {
    const resumed = startEvent({ resumedAt: { epoch: 1, batch: 0 } });
    const events = [
      at(0, startEvent()),
      at(1, epochEvent(0)),
      at(2, epochEvent(1)),
      at(3, resumed),
      at(4, batchEvent(1, 0)),
      at(5, endEvent({ reason: "failed" })),
      at(6, resumed),
      at(7, epochEvent(1)),
    ];
    expect(places(withoutRepeated(events))).toEqual([
      ["start"],
      ["epoch", 0, 3],
      ["start"],
      ["end"],
      ["start"],
      ["epoch", 1, 3],
    ]);
  });
});

describe("readCurves", () => {
  it("gives every evaluation of an event log, and what could not be read", async () => {
    const maps = temporaryFolder();
    const log = EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl);
    for (const event of [startEvent(), batchEvent(0, 0), evaluationEvent(0, 0), epochEvent(0)])
      log.append(event);
    log.close();
    appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, "garbage\n");
    const curves = await readCurves(maps, 0, null);
    expect(curves).toMatchObject({
      source: "events",
      points: [
        { epoch: 0, batch: 0, train: { loss: 0.7 }, validation: { loss: 0.8 } },
        { epoch: 0, batch: 3, train: { BA: 0.75, loss: 0.6 }, validation: { BA: 0.5, loss: 0.65 } },
      ],
      problems: ["Event log, line 5: Line is not JSON."],
    });
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
    expect((await readCurves(maps, 0, null)).points.map(({ time }) => time)).toEqual([10, 20]);
  });

  it("reads training.tsv of a network where there is no log, without losses of unknown scale", async () => {
    const maps = temporaryFolder();
    const table = await TrainingTsv.create(mapsPlace(maps).split(1).network(4).trainingTsv, "regression");
    table.append({ epoch: 0, iteration: 2, time: 3, train: { MAE: 0.5, loss: 1 }, validation: { loss: 2 } });
    const { source, points, problems } = await readCurves(maps, 1, 4);
    expect(source).toBe("table");
    expect(points).toMatchObject([{ epoch: 0, batch: 2, time: 3, train: { MAE: 0.5 } }]);
    expect(points[0]!.train.loss).toBeUndefined();
    expect(problems[0]).toContain("maps.json");
  });

  it("is empty where there is nothing", async () => {
    expect(await readCurves(temporaryFolder(), 0, null)).toEqual({
      source: "none",
      points: [],
      problems: [],
    });
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
    expect(await readCurves(maps, 0, null)).toEqual({
      source: "none",
      points: [],
      problems: [expect.stringContaining("training.tsv holds no epoch")],
    });
  });

  it("has curves whose losses, sums over batches, are shown as means", async () => {
    const maps = await copyOf("maps_image");
    const metrics = { BA: 0.5, loss: 6 };
    const table = await TrainingTsv.create(mapsPlace(maps).split(0).network().trainingTsv, "classification");
    table.append({ epoch: 0, iteration: 2, time: 3, train: metrics, validation: metrics });
    const { source, points } = await readCurves(maps, 0, null);
    expect(source).toBe("table");
    // 11 images to train and 9 to validate, in batches of 4: 3 batches each.
    expect(points).toMatchObject([
      { epoch: 0, batch: 2, time: 3, train: { BA: 0.5, loss: 2 }, validation: { loss: 2 } },
    ]);
  });

  it("has results of every group, with comparable losses only", async () => {
    const results = await readResults(reference("reference/maps_image"), 0, "loss");
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
    expect(await readResults(reference("reference/maps_image"), 0, "BA")).toEqual([]);
  });

  it("has a best value for each network of a multi-network", async () => {
    const maps = await copyOf("maps_image");
    const folder = mapsPlace(maps).split(0).best("BA").results("validation").folder;
    const block = (network: number, BA: number) => ({ network, values: { BA, loss: 3 }, interval: null });
    await writeMetrics(join(folder, "validation_patch_level_metrics.tsv"), [block(0, 0.25), block(1, 0.75)]);
    await writeVotedMetrics(join(folder, "validation_image_level_metrics.tsv"), { BA: 0.5 });
    expect(await readBestValue(maps, 0, "BA", 1)).toBe(0.75);
    expect(await readBestValue(maps, 0, "BA", null)).toBe(0.5);
    expect(await readBestValue(maps, 0, "BA", 7)).toBeNull();
    expect(await readBestValue(maps, 0, "accuracy", null)).toBeNull();
  });

  it("reports a metrics table without metrics", async () => {
    const maps = await copyOf("maps_ae");
    const table = mapsPlace(maps).split(0).best("loss").results("train").metricsTsv("image");
    writeFileSync(table, "");
    const train = (await readResults(maps, 0, "loss")).find(({ group }) => group === "train");
    expect(train?.problems).toEqual([`${table}: It holds no metrics.`]);
  });
});
