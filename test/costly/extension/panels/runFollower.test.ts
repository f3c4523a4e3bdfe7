import { appendFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { warning } from "../../../../src/experiment/problems/makeProblem";
import { RunFollower, type RunListener } from "../../../../src/extension/panels/runFollower";
import { EventLog } from "../../../../src/maps/events/eventLog";
import { writeAudit } from "../../../../src/maps/folder/keptAudit";
import { mapsPlace } from "../../../../src/maps/folder/place";
import { thisProcess } from "../../../../src/maps/units/processIdentity";
import type { RunEvent } from "../../../../src/run/events";
import type { EvaluationRow } from "../../../../src/run/track";
import type { RunInfo } from "../../../../webview/training/messages";
import { wait } from "../../../support/effort";
import { describeWithReference, reference } from "../../../support/reference";
import { imagineRun } from "../../../support/webview/trainingRun";

class Listener implements RunListener {
  info: RunInfo | undefined;
  events_: RunEvent[] = [];
  /** Number from which each message holds all there is. */
  readonly froms: number[] = [];
  readonly tables = new Map<string, readonly EvaluationRow[]>();
  restarts = 0;

  run(info: RunInfo) {
    this.info = info;
  }
  events(_track: string, events: readonly RunEvent[], from: number) {
    this.froms.push(from);
    this.events_.push(...events);
  }
  table(track: string, rows: readonly EvaluationRow[]) {
    this.tables.set(track, rows);
  }
  restart() {
    this.restarts++;
    this.events_ = [];
  }
}

const own = await thisProcess();

describe("RunFollower", () => {
  let maps: string;
  let listener: Listener;
  let follower: RunFollower;
  beforeEach(async () => {
    maps = await mkdtemp(join(tmpdir(), "gyrus-follow-"));
    await mkdir(mapsPlace(maps).groups);
    await writeFile(
      mapsPlace(maps).mapsJson,
      JSON.stringify({
        network_task: "classification",
        architecture: "Conv5_FC3",
        label: "diagnosis",
        label_code: { CN: 1, AD: 0, sMCI: 1 },
        selection_metrics: ["loss", "BA"],
        patience: 10,
        epochs: 50,
        gyrus_version: "0.1.0",
      }),
    );
    listener = new Listener();
    follower = new RunFollower(maps, "run", listener, "0.1.0");
  });
  afterEach(async () => {
    follower.stop();
    await rm(maps, { recursive: true, force: true });
  });

  const write = (events: readonly RunEvent[]) => {
    const log = EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl);
    for (const { seq: _seq, time: _time, ...body } of events) log.append(body);
    log.close();
  };
  const seqs = () => listener.events_.map(({ seq }) => seq);

  it("tells of the run: classes by code, those that share one together", async () => {
    follower.start({});
    await vi.waitFor(() => expect(listener.info).toBeDefined(), wait);
    expect(listener.info).toMatchObject({
      architecture: "Conv5_FC3",
      classes: ["AD", "CN+sMCI"],
      tracks: [{ id: "split-0", source: "none" }],
    });
  });

  it("brings what is there and then what comes, nothing twice", async () => {
    const events = imagineRun({ epochsDone: 2, batchesPerEpoch: 3 });
    write(events.slice(0, 5));
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toHaveLength(5), wait);
    write(events.slice(5));
    await vi.waitFor(() => expect(seqs()).toHaveLength(events.length), wait);
    expect(seqs()).toEqual(events.map((_, seq) => seq));
  });

  it("brings what a live run writes within 200 ms", async () => {
    const events = imagineRun({ epochsDone: 4, batchesPerEpoch: 3 });
    write(events.slice(0, 1));
    await writeFile(
      mapsPlace(maps).runJson,
      JSON.stringify({
        ...own,
        started: Date.now(),
        heartbeat: Date.now(),
        command: ["train"],
        gyrusVersion: "0.1.0",
        engine: "onnx",
        end: null,
      }),
    );
    follower.start({});
    await vi.waitFor(() => expect(listener.info?.status).toBe("running"), wait);
    // A clock that stands still with this process: what other programs take does not count.
    let ticks = 0;
    const clock = setInterval(() => ticks++, 10);
    const took: number[] = [];
    for (let count = 2; count <= 10; count++) {
      write(events.slice(count - 1, count));
      const written = ticks;
      await vi.waitFor(() => expect(seqs()).toHaveLength(count), { ...wait, interval: 1 });
      took.push(10 * (ticks - written));
    }
    clearInterval(clock);
    // Some may come late: the machine is busy. Most are as late as the follower lets them be.
    expect(took.sort((a, b) => a - b)[4]).toBeLessThan(200);
  });

  it("goes on where the panel stopped, and serves again what it lost", async () => {
    write(imagineRun({ epochsDone: 2, batchesPerEpoch: 3 }));
    follower.start({ "split-0": 6 });
    await vi.waitFor(() => expect(seqs()).toContain(8), wait);
    expect(seqs()[0]).toBe(6);
    listener.events_ = [];
    follower.resync("split-0", 2);
    await vi.waitFor(() => expect(seqs()[0]).toBe(2), wait);
  });

  it("begins anew when the log does", async () => {
    write(imagineRun({ epochsDone: 2, batchesPerEpoch: 3 }));
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toContain(8), wait);
    await rm(mapsPlace(maps).split(0).network().eventsJsonl);
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 3, seed: 2 }));
    await vi.waitFor(() => expect(listener.restarts).toBe(1), wait);
    await vi.waitFor(() => expect(seqs()).toEqual([0, 1, 2, 3, 4]), wait);
  });

  it("brings a huge log whole, in messages that a panel can draw one after the other", async () => {
    const [start, batch] = imagineRun({ epochsDone: 1, batchesPerEpoch: 2 });
    const lines = Array.from({ length: 50_000 }, (_, seq) =>
      JSON.stringify(seq === 0 ? start : { ...batch, seq, batch: seq - 1 }),
    );
    await mkdir(dirname(mapsPlace(maps).split(0).network().eventsJsonl), { recursive: true });
    await writeFile(mapsPlace(maps).split(0).network().eventsJsonl, `${lines.join("\n")}\n`);
    follower.start({});
    await vi.waitFor(() => expect(listener.events_).toHaveLength(50_000), wait);
    expect(listener.froms).toEqual([0, 20_000, 40_000]);
  });

  it("waits for the end of a line that is half written", async () => {
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 2 }));
    const line = JSON.stringify({ ...imagineRun({ epochsDone: 1, batchesPerEpoch: 2 })[1], seq: 4 });
    appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, line.slice(0, 20));
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toHaveLength(4), wait);
    appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, `${line.slice(20)}\n`);
    await vi.waitFor(() => expect(seqs()).toEqual([0, 1, 2, 3, 4]), wait);
    expect(listener.info?.problems).toEqual([]);
  });

  it("shows the logs of a MAPS whose maps.json is half written, and says so until it is whole", async () => {
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 2 }));
    const whole = await readFile(mapsPlace(maps).mapsJson, "utf8");
    await writeFile(mapsPlace(maps).mapsJson, whole.slice(0, 40));
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toHaveLength(4), wait);
    expect(listener.info?.problems.join()).toContain("maps.json");
    await writeFile(mapsPlace(maps).mapsJson, whole);
    await vi.waitFor(
      () => expect(listener.info).toMatchObject({ architecture: "Conv5_FC3", problems: [] }),
      wait,
    );
  });

  it("tells what the audit found before the training; nothing of a MAPS that does not keep it", async () => {
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 1 }));
    follower.start({});
    await vi.waitFor(() => expect(listener.info?.findings).toBeNull(), wait);
    const values = { count: 1, split: 0, names: "sub-1" };
    const found = warning("split.leak", {}, values);
    await writeAudit(maps, { accepted: ["leaks"], findings: [found] });
    follower.stop();
    follower.start({});
    await vi.waitFor(() => expect(listener.info?.findings).toMatchObject([{ severity: "warning" }]), wait);
    expect(listener.info?.findings?.[0]?.words).toContain(
      "1 participant of the validation set of split 0 is in its training set too (sub-1).",
    );
  });

  it("says that a newer Gyrus made a MAPS, and shows what it understands", async () => {
    await writeFile(mapsPlace(maps).mapsJson, JSON.stringify({ gyrus_version: "99.0.0", epochs: 7 }));
    const [start, ...rest] = imagineRun({ epochsDone: 1, batchesPerEpoch: 1 });
    write([start!]);
    const append = (event: unknown) =>
      appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, `${JSON.stringify(event)}\n`);
    append({ kind: "dream", seq: 1, time: 0 });
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toEqual([0]), wait);
    for (const event of rest) append({ ...event, seq: event.seq + 1 });
    await vi.waitFor(() => expect(seqs()).toEqual([0, 2, 3]), wait);
    // The panel is told that nothing of number 1 was lost on the way.
    expect(listener.froms.slice(0, 2)).toEqual([0, 1]);
    expect(listener.info).toMatchObject({ epochs: 7, problems: [expect.stringContaining("Gyrus 99.0.0")] });
  });

  it("keeps in sight what a log held that was removed, until there is another", async () => {
    write(imagineRun({ epochsDone: 2, batchesPerEpoch: 3 }));
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toContain(8), wait);
    await rm(mapsPlace(maps).split(0).network().eventsJsonl);
    await new Promise((waited) => setTimeout(waited, 1_500));
    expect(listener.restarts).toBe(0);
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 3, seed: 2 }));
    await vi.waitFor(() => expect(seqs()).toEqual([0, 1, 2, 3, 4]), wait);
    expect(listener.restarts).toBe(1);
  });

  it("says which line of a log is no event, and goes on", async () => {
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 2 }));
    appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, "not an event\n");
    follower.start({});
    await vi.waitFor(
      () =>
        expect(listener.info?.problems).toEqual([
          "split-0/events.jsonl: line 5: It is not JSON. The other lines are read all the same.",
        ]),
      wait,
    );
    expect(seqs()).toHaveLength(4);
  });

  it("says when the MAPS is gone, and keeps what it knew", async () => {
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 2 }));
    follower.start({});
    await vi.waitFor(() => expect(seqs()).toHaveLength(4), wait);
    await rm(maps, { recursive: true });
    await vi.waitFor(() => expect(listener.info?.status).toBe("missing"), wait);
    expect(listener.info?.problems).toEqual([`The folder ${maps} is not there any more.`]);
    expect(listener.info?.tracks).toHaveLength(1);
    expect(seqs()).toHaveLength(4);
  });

  it("shows an interrupted run as such, with resume", async () => {
    await mkdir(join(maps, "split-0/tmp"), { recursive: true });
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 2 }));
    follower.start({});
    await vi.waitFor(() => expect(listener.info?.status).toBe("interrupted"), wait);
    expect(listener.info?.actions).toContain("resume");
  });

  it("is silent once it is stopped", async () => {
    follower.start({});
    await vi.waitFor(() => expect(listener.info).toBeDefined(), wait);
    follower.stop();
    write(imagineRun({ epochsDone: 1, batchesPerEpoch: 2 }));
    await new Promise((waited) => setTimeout(waited, 1_500));
    expect(listener.events_).toEqual([]);
  });
});

describeWithReference("RunFollower on a MAPS of ClinicaDL", ["reference/maps_image"], () => {
  it("shows what there is, and does not offer to resume", async () => {
    const listener = new Listener();
    const follower = new RunFollower(reference("reference/maps_image"), "maps_image", listener, "0.1.0");
    follower.start({});
    await vi.waitFor(() => expect(listener.tables.has("split-0")).toBe(true), wait);
    follower.stop();
    expect(listener.info).toMatchObject({
      status: "finished",
      classes: ["AD", "CN"],
      task: "classification",
    });
    expect(listener.info?.actions).not.toContain("resume");
  });

  it("tells what its best models reached, and once for all splits why there are no curves", async () => {
    const maps = await mkdtemp(join(tmpdir(), "gyrus-follower-"));
    await cp(reference("reference/maps_image"), maps, { recursive: true });
    await cp(join(maps, "split-0"), join(maps, "split-1"), { recursive: true });
    const listener = new Listener();
    const follower = new RunFollower(maps, "maps_image", listener, "0.1.0");
    follower.start({});
    await vi.waitFor(() => expect(listener.info?.problems).toHaveLength(1), wait);
    await vi.waitFor(() => expect(listener.info?.problems[0]).toMatch(/^split-0, split-1: /), wait);
    follower.stop();
    expect(listener.info?.tracks[0]?.reached?.loss).toBeCloseTo(0.67886, 5);
    await rm(maps, { recursive: true, force: true });
  });
});
