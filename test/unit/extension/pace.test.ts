import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pace } from "../../../src/extension/experiments/pace";

describe("a pace", () => {
  let ran: number[];
  let pace: Pace;

  beforeEach(() => {
    vi.useFakeTimers();
    ran = [];
    pace = new Pace(300, () => ran.push(Date.now()));
  });
  afterEach(() => vi.useRealTimers());

  it("acts at once when nothing was asked for lately", () => {
    const asked = Date.now();
    pace.ask();
    vi.advanceTimersByTime(1);
    expect(ran.map((time) => time - asked)).toEqual([0]);
  });

  it("leaves its interval between two actions, however often it is asked, and acts after the last", () => {
    for (let asked = 0; asked < 20; asked++) {
      pace.ask();
      vi.advanceTimersByTime(70);
    }
    vi.advanceTimersByTime(300);
    const gaps = ran.slice(1).map((time, index) => time - ran[index]!);
    expect(gaps).toEqual([300, 300, 300, 300, 300]);
  });

  it("does nothing more once it is disposed of", () => {
    pace.ask();
    pace.dispose();
    vi.advanceTimersByTime(1_000);
    expect(ran).toEqual([]);
  });
});
