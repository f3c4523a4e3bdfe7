import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EventLog } from "../../../src/maps/events/eventLog";
import { effort } from "../../support/effort";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";
import { temporaryFolder } from "../../support/folder";
import { readEvents } from "../../support/readEvents";

const logPath = () => join(temporaryFolder(), "training_logs", "events.jsonl");

describe("EventLog", () => {
  it("numbers events from 0 without gaps and gives each its time", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    const bodies = [startEvent(), batchEvent(0, 0), epochEvent(0), endEvent()];
    const written = bodies.map((body) => log.append(body));
    expect(log.seq).toBe(4);
    log.close();
    const { events, problems } = await readEvents(path);
    expect(problems).toEqual([]);
    expect(events).toEqual(written);
    expect(events.map((event) => event.seq)).toEqual([0, 1, 2, 3]);
    expect(Math.abs(events[0]!.time - Date.now())).toBeLessThan(60_000);
  });

  it("keeps numbers that JSON has not", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(batchEvent(0, 0, { loss: Number.NaN }));
    log.append(batchEvent(0, 1, { loss: Number.NEGATIVE_INFINITY }));
    log.append(epochEvent(0, { validation: { loss: Number.NaN, LR_plus: Number.POSITIVE_INFINITY } }));
    log.close();
    expect(readFileSync(path, "utf8")).toContain('"loss":"NaN"');
    const { events } = await readEvents(path);
    expect(events).toMatchObject([
      { loss: Number.NaN },
      { loss: Number.NEGATIVE_INFINITY },
      { validation: { loss: Number.NaN, LR_plus: Number.POSITIVE_INFINITY } },
    ]);
  });

  it("is readable after every event, before it is closed", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(startEvent());
    expect((await readEvents(path)).events).toHaveLength(1);
    log.append(batchEvent(0, 0));
    expect((await readEvents(path)).events).toHaveLength(2);
    log.close();
  });

  it("cuts off the line that a crash left unfinished, wherever it broke, and goes on with its number", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(startEvent());
    const whole = readFileSync(path).length;
    log.append(batchEvent(0, 0));
    log.close();
    const bytes = readFileSync(path);
    for (let length = whole; length < bytes.length; length++) {
      writeFileSync(path, bytes.subarray(0, length));
      const resumed = EventLog.open(path);
      expect(resumed.seq).toBe(1);
      resumed.append(epochEvent(0));
      resumed.close();
      expect((await readEvents(path)).events.map(({ seq, kind }) => [seq, kind])).toEqual([
        [0, "start"],
        [1, "epoch"],
      ]);
    }
  });

  it("goes on after garbage at the end, and after a line longer than what is read at first", () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(startEvent({ classes: ["x".repeat(200_000)] }));
    log.close();
    appendFileSync(path, `${"\0".repeat(100)}\nnot an event\n`);
    const resumed = EventLog.open(path);
    expect(resumed.seq).toBe(1);
    resumed.close();
  });

  it("starts at 0 in an empty file and in one without a single event", () => {
    const path = logPath();
    EventLog.open(path).close();
    expect(existsSync(path)).toBe(true);
    writeFileSync(path, "garbage");
    const log = EventLog.open(path);
    expect(log.seq).toBe(0);
    log.close();
    expect(readFileSync(path, "utf8")).toBe("");
  });
});

describe("readEvents", () => {
  it("leaves out an unfinished last line, ignores newer kinds, reports what is no event", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(startEvent());
    log.close();
    appendFileSync(path, '{"seq":1,"time":5,"kind":"weather","rain":true}\n');
    appendFileSync(path, "garbage\n\n[1]\n");
    appendFileSync(path, '{"seq":2,"time":5,"kind":"end","reason":"bored","epochs":1,"message":""}\n');
    appendFileSync(
      path,
      '{"seq":3,"time":5,"kind":"end","reason":"completed","epochs":1,"message":"","more":1}\n',
    );
    appendFileSync(path, '{"seq":4,"ti');
    const { events, problems } = await readEvents(path);
    expect(events.map((event) => event.seq)).toEqual([0, 3]);
    expect(problems.map(({ code, file, where }) => [code, file, where])).toEqual([
      ["events.not-json", path, "line 3"],
      ["events.not-json", path, "line 4"],
      ["events.no-event", path, "line 5"],
      ["events.wrong-value", path, "line 6"],
    ]);
    expect(problems[3]!.message).toContain("reason");
  });

  it("keeps letters of any script", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(startEvent({ classes: ["démence", "健常"], architecture: "</script>" }));
    log.close();
    expect((await readEvents(path)).events[0]).toMatchObject({ classes: ["démence", "健常"] });
  });

  it("reads 100,000 lines at a few times the cost of parsing them", async () => {
    const path = logPath();
    const log = EventLog.open(path);
    log.append(startEvent());
    log.close();
    const line = (seq: number) =>
      `{"seq":${seq},"time":1760000000000,"kind":"batch","epoch":3,"batch":${seq},"loss":0.693147,"samples":8,"seconds":0.25}\n`;
    const lines = Array.from({ length: 100_000 }, (_, i) => line(i + 1));
    appendFileSync(path, lines.join(""));
    const reading = await effort(async () => expect((await readEvents(path)).events).toHaveLength(100_001));
    expect(reading).toBeLessThan(20 * (await effort(() => lines.map((text) => JSON.parse(text)))));
  });
});
