import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { EventLog } from "../../../src/maps/events/eventLog";
import { EventTail } from "../../../src/maps/events/eventTail";
import { batchEvent, endEvent, startEvent } from "../../support/events";
import { temporaryFolder } from "../../support/folder";

function newLog() {
  const path = join(temporaryFolder(), "training_logs", "events.jsonl");
  return { path, tail: new EventTail(path) };
}

function write(path: string, count: number): void {
  const log = EventLog.open(path);
  for (let i = 0; i < count; i++) log.append(log.seq === 0 ? startEvent() : batchEvent(0, log.seq));
  log.close();
}

/** What tells two logs apart is the time at which they begin. */
const later = () => sleep(5);

const seqs = ({ events }: { events: readonly { seq: number }[] }) => events.map((event) => event.seq);

describe("EventTail", () => {
  it("gives nothing while there is no file, then each event once", async () => {
    const { path, tail } = newLog();
    expect(await tail.read()).toEqual({ events: [], problems: [], restarted: false });
    write(path, 3);
    expect(await tail.read()).toMatchObject({
      restarted: false,
      events: [{ seq: 0 }, { seq: 1 }, { seq: 2 }],
    });
    expect(seqs(await tail.read())).toEqual([]);
    write(path, 2);
    expect(seqs(await tail.read())).toEqual([3, 4]);
  });

  it("waits for the end of a line that is being written, whatever the pieces", async () => {
    const { path, tail } = newLog();
    write(path, 1);
    await tail.read();
    const whole = readFileSync(path);
    write(path, 1);
    const line = readFileSync(path).subarray(whole.length);
    writeFileSync(path, whole);
    for (let at = 0; at < line.length - 1; at += 7) {
      appendFileSync(path, line.subarray(at, Math.min(at + 7, line.length - 1)));
      expect(seqs(await tail.read())).toEqual([]);
    }
    appendFileSync(path, "\n");
    expect(seqs(await tail.read())).toEqual([1]);
  });

  it("is not disturbed when a resumed run cuts off an unfinished line", async () => {
    const { path, tail } = newLog();
    write(path, 2);
    appendFileSync(path, '{"seq":2,"time":17600000000');
    expect(seqs(await tail.read())).toEqual([0, 1]);
    write(path, 1);
    expect(await tail.read()).toMatchObject({ restarted: false, events: [{ seq: 2 }] });
  });

  it.each(["a shorter", "a longer"])("starts again when the log is replaced by %s one", async (size) => {
    const { path, tail } = newLog();
    write(path, 5);
    await tail.read();
    const other = join(dirname(path), "other.jsonl");
    await later();
    write(other, size === "a shorter" ? 2 : 9);
    renameSync(other, path);
    const read = await tail.read();
    expect(read.restarted).toBe(true);
    expect(seqs(read)).toEqual(size === "a shorter" ? [0, 1] : [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    write(path, 1);
    expect(await tail.read()).toMatchObject({ restarted: false, events: [{}] });
  });

  it("starts again when the log is written anew in place, shorter or longer", async () => {
    const { path, tail } = newLog();
    write(path, 5);
    await tail.read();
    await later();
    writeFileSync(path, "");
    write(path, 2);
    expect(await tail.read()).toMatchObject({ restarted: true, events: [{ seq: 0 }, { seq: 1 }] });
    await later();
    writeFileSync(path, "");
    write(path, 40);
    const read = await tail.read();
    expect(read.restarted).toBe(true);
    expect(seqs(read)).toHaveLength(40);
  });

  it("starts again when the folder was deleted and made again", async () => {
    const { path, tail } = newLog();
    write(path, 3);
    await tail.read();
    rmSync(dirname(path), { recursive: true });
    expect(await tail.read()).toEqual({ events: [], problems: [], restarted: true });
    expect(await tail.read()).toEqual({ events: [], problems: [], restarted: false });
    mkdirSync(dirname(path));
    write(path, 1);
    expect(seqs(await tail.read())).toEqual([0]);
  });

  it("reports garbage with its line and goes on", async () => {
    const { path, tail } = newLog();
    write(path, 2);
    await tail.read();
    appendFileSync(path, "garbage\n");
    const log = EventLog.open(path);
    log.append(endEvent());
    log.close();
    expect(await tail.read()).toMatchObject({
      events: [{ kind: "end" }],
      problems: [{ code: "events.not-json", where: "line 3" }],
    });
  });

  it("loses and doubles nothing of a log read while it is written", async () => {
    const { path, tail } = newLog();
    const log = EventLog.open(path);
    const seen: number[] = [];
    for (let round = 0; round < 200; round++) {
      const reading = tail.read();
      for (let i = 0; i < 20; i++) log.append(batchEvent(0, i));
      seen.push(...seqs(await reading));
    }
    log.close();
    seen.push(...seqs(await tail.read()));
    expect(seen).toEqual(Array.from({ length: 4000 }, (_, i) => i));
  });

  it("reads a log of several megabytes in one call", async () => {
    const { path, tail } = newLog();
    write(path, 1);
    const lines = Array.from(
      { length: 30_000 },
      (_, i) =>
        `{"seq":${i + 1},"time":1,"kind":"batch","epoch":0,"batch":${i},"loss":0.5,"samples":8,"seconds":0.2}\n`,
    );
    appendFileSync(path, lines.join(""));
    expect(seqs(await tail.read())).toHaveLength(30_001);
  });
});
