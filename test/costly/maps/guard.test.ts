import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { alone, GUARD_LIFE } from "../../../src/maps/units/guard";
import { type Awaited, WaitEnded } from "../../../src/maps/units/waiting";
import { temporaryFolder } from "../../support/folder";
import { programOf } from "../../support/program";

// Where a test holds the clock, a pause takes no time and the clock goes on by as much: nothing else moves it, however busy the machine is.
vi.mock("node:timers/promises", async (original) => {
  const real = await original<typeof import("node:timers/promises")>();
  const pause: typeof real.setTimeout = async (milliseconds, value, options) => {
    if (!vi.isFakeTimers()) return await real.setTimeout(milliseconds, value, options);
    vi.advanceTimersByTime(milliseconds ?? 0);
    return await real.setImmediate(value);
  };
  return { ...real, setTimeout: pause };
});

afterEach(() => {
  vi.useRealTimers();
});

/** As a process leaves it that died inside. */
function leaveBehind(file: string, seconds = 60): void {
  writeFileSync(file, "");
  const then = new Date(Date.now() - 1000 * seconds);
  utimesSync(file, then, then);
}

/** Enters the guards that it is told, all at once, and says how many others it met inside. */
const racer = `
  import { rmSync, writeFileSync } from "node:fs";
  import { setTimeout as delay } from "node:timers/promises";
  import { alone } from "./src/maps/units/guard";

  async function meets(guard) {
    const inside = guard + "-inside";
    return await alone(guard, async () => {
      let met = 0;
      try {
        writeFileSync(inside, "", { flag: "wx" });
      } catch {
        met = 1;
      }
      await delay(2);
      rmSync(inside, { force: true });
      return met;
    });
  }

  process.on("message", async (guards) => {
    const met = await Promise.all(guards.map(meets));
    process.send(met.reduce((sum, one) => sum + one, 0));
  });
`;

/** As a process leaves it whose clock is an hour ahead. */
function leaveAhead(file: string): void {
  writeFileSync(file, "");
  const then = new Date(Date.now() + 3_600_000);
  utimesSync(file, then, then);
}

describe("a guard of a clock that is ahead", () => {
  it("is taken over when nobody has touched it for as long as one may live; that it is waited for is said", async () => {
    vi.useFakeTimers({ toFake: ["performance", "Date"] });
    const guard = join(temporaryFolder(), "guard");
    leaveAhead(guard);
    const told: Awaited[] = [];
    const began = performance.now();
    await alone(guard, async () => {}, { onWait: (one) => told.push(one) });
    expect(performance.now() - began).toBeGreaterThan(GUARD_LIFE);
    expect(told).toEqual([{ kind: "guard", file: guard, since: expect.any(Number) }]);
    expect(told[0]!.since).toBeGreaterThan(Date.now());
  });

  it("is waited for no longer than until a stop is asked for", async () => {
    const guard = join(temporaryFolder(), "guard");
    leaveAhead(guard);
    const stop = new AbortController();
    const entering = alone(guard, async () => {}, { signal: stop.signal });
    stop.abort();
    await expect(entering).rejects.toThrow(WaitEnded);
    expect(existsSync(guard)).toBe(true);
  });
});

describe("a guard on a disk whose clock is another one", () => {
  it("has the time of the process that is inside", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    const guard = join(temporaryFolder(), "guard");
    const time = await alone(guard, async () => statSync(guard).mtimeMs);
    expect(Math.abs(time - Date.now())).toBeLessThan(1_000);
  });
});

describe("a guard that a dead process left behind", () => {
  it("is taken over by one process at a time, in 200 races of four", async () => {
    const folder = temporaryFolder();
    const program = programOf(racer);
    const racers = Array.from({ length: 4 }, () => fork(program));
    let met = 0;
    for (let round = 0; round < 50; round++) {
      const guards = [0, 1, 2, 3].map((race) => join(folder, `${round}-${race}`));
      for (const guard of guards) leaveBehind(guard);
      const done = racers.map((one) => once(one, "message"));
      for (const one of racers) one.send(guards);
      for (const [others] of await Promise.all(done)) met += others;
    }
    for (const one of racers) one.kill();
    expect(met).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is taken over although another died while it did so", async () => {
    const guard = join(temporaryFolder(), "guard");
    leaveBehind(guard);
    const { ino, mtimeMs } = statSync(guard);
    const claim = `${guard}.${ino}-${mtimeMs}`;
    leaveBehind(claim);
    expect(await alone(guard, async () => [existsSync(guard), existsSync(claim)])).toEqual([true, false]);
    expect(existsSync(guard)).toBe(false);
  });

  it("leaves nothing of those that died while they removed it", async () => {
    const folder = temporaryFolder();
    const guard = join(folder, "guard");
    leaveBehind(`${guard}.4711-1760000000000.25`);
    leaveBehind(`${guard}.4711-1760000000001`, 0);
    for (const other of ["guard.txt", "guard.1-2.txt", "other.4711-1760000000000"])
      writeFileSync(join(folder, other), "");
    await alone(guard, async () => {});
    expect(readdirSync(folder).sort()).toEqual(["guard.1-2.txt", "guard.txt", "other.4711-1760000000000"]);
  });

  it("is not removed by the process that it was taken from", async () => {
    const guard = join(temporaryFolder(), "guard");
    let leave = () => {};
    let inside = false;
    const first = alone(guard, () => {
      inside = true;
      return new Promise<void>((resolve) => (leave = resolve));
    });
    await expect.poll(() => inside).toBe(true);
    // It hung for a minute: it looks dead.
    const then = new Date(Date.now() - 60_000);
    utimesSync(guard, then, then);
    await alone(guard, async () => {
      leave();
      await first;
      expect(existsSync(guard)).toBe(true);
    });
    expect(existsSync(guard)).toBe(false);
  });
});
