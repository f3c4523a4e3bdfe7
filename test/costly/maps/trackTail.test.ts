import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EventLog, trackOfLogNow } from "../../../src/maps/events/eventLog";
import { TrackTail } from "../../../src/maps/events/trackTail";
import { mapsPlace } from "../../../src/maps/folder/place";
import { Track } from "../../../src/run/track";
import { effort } from "../../support/effort";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";
import { temporaryFolder } from "../../support/folder";
import { programOf } from "../../support/program";
import { readEvents } from "../../support/readEvents";

const newPlace = () => mapsPlace(temporaryFolder()).split(0).network();

/** As many batches of the first epoch as are wanted, without the seconds that it takes to write them one by one. */
function appendBatches(path: string, from: number, count: number): void {
  const line = (seq: number) =>
    `{"seq":${seq},"time":${1_760_000_000_000 + seq},"kind":"batch","epoch":0,"batch":${seq - 1},"loss":0.693147,"samples":8,"seconds":0.25}\n`;
  appendFileSync(path, Array.from({ length: count }, (_, i) => line(from + i)).join(""));
}

function begin(path: string): void {
  const log = EventLog.open(path);
  log.append(startEvent());
  log.close();
}

describe("a track that follows its log", () => {
  it("is at every moment that of the whole log, whatever was appended", async () => {
    const { eventsJsonl } = newPlace();
    const tail = new TrackTail(eventsJsonl);
    await tail.read();
    expect(tail.track).toEqual(new Track());
    const log = EventLog.open(eventsJsonl);
    for (const event of [startEvent(), batchEvent(0, 0), batchEvent(0, 1), epochEvent(0), endEvent()]) {
      log.append(event);
      await tail.read();
      const whole = new Track();
      whole.apply((await readEvents(eventsJsonl)).events);
      expect(trackOfLogNow(eventsJsonl)).toEqual(whole);
      expect(tail.track).toEqual(whole);
    }
    log.close();
  });

  it("begins anew with a log that took the place of the former", async () => {
    const { eventsJsonl } = newPlace();
    const tail = new TrackTail(eventsJsonl);
    begin(eventsJsonl);
    appendBatches(eventsJsonl, 1, 3);
    appendFileSync(eventsJsonl, "garbage\n".repeat(5));
    await tail.read();
    expect(tail.track.batches.loss.view()).toHaveLength(3);
    expect(tail.problems.map(({ where }) => where)).toEqual(["line 5", "line 6", "line 7"]);
    rmSync(eventsJsonl);
    begin(eventsJsonl);
    await tail.read();
    expect(tail.track.batches.loss.view()).toHaveLength(0);
    expect(tail.problems).toEqual([]);
  });

  it("costs what is new, not what is known", async () => {
    const { eventsJsonl } = newPlace();
    begin(eventsJsonl);
    appendBatches(eventsJsonl, 1, 50_000);
    const whole = await effort(() => new TrackTail(eventsJsonl).read());
    const tail = new TrackTail(eventsJsonl);
    await tail.read();
    let known = 50_000;
    const next = await effort(async () => {
      appendBatches(eventsJsonl, known + 1, 10);
      known += 10;
      await tail.read();
    });
    expect(tail.track.batches.loss.view()).toHaveLength(known);
    expect(next).toBeLessThan(whole / 4);
  });

  it("is read in little memory, however long the log is", async () => {
    const { eventsJsonl } = newPlace();
    begin(eventsJsonl);
    // 35 MB of text, which come to more than 100 MB of events.
    appendBatches(eventsJsonl, 1, 250_000);
    const program = programOf(`
      import { trackOfLogNow } from "./src/maps/events/eventLog";
      import { TrackTail } from "./src/maps/events/trackTail";
      const tail = new TrackTail(process.argv[2]);
      await tail.read();
      console.log(tail.track.batches.loss.view().length, trackOfLogNow(process.argv[2]).batches.loss.view().length);
    `);
    const printed = execFileSync(process.execPath, ["--max-old-space-size=32", program, eventsJsonl], {
      encoding: "utf8",
    });
    expect(printed.trim()).toBe("250000 250000");
  });
});
