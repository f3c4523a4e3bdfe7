/** Each command that writes, killed all over its operations on files, stopped, and on a disk that is full from one of them on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DEMO,
  expectCleanEnd,
  expectSurvivalOf,
  Workplace,
  WRITING_COMMANDS,
} from "../support/writingCommands";

/** Moments of each command, or all of them where GYRUS_TEST_MOMENTS says so many. */
const MOMENTS = Number(process.env.GYRUS_TEST_MOMENTS ?? 12);

/** Places from 1 to `operations`, as far from each other as can be; the last is always among them: there things take their names. */
function moments(operations: number, count: number): number[] {
  const wanted = Math.min(count, operations);
  return Array.from({ length: wanted }, (_, i) => Math.ceil(((i + 1) * operations) / wanted));
}

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

it("the demo is what it should be, killed twice and given again", async () => {
  const given = await place.begin(DEMO);
  const kills = [0.9, 0.4].map((share) => Math.ceil(share * given.operations));
  await expectSurvivalOf(place, DEMO, given, kills);
});

describe.each(WRITING_COMMANDS)("$name", (command) => {
  it("leaves what it should, killed at any moment and given again", async () => {
    const given = await place.begin(command);
    for (const at of moments(given.operations, MOMENTS)) {
      await expectSurvivalOf(place, command, given, [at]);
    }
  });

  it("leaves nothing half on a disk that is full from any moment on", async () => {
    const given = await place.begin(command);
    for (const at of moments(given.operations, MOMENTS / 4)) {
      await expectCleanEnd(place, command, given, { GYRUS_FULL_AT: String(at) });
    }
  });

  it.skipIf(process.platform === "win32")("leaves nothing half, asked to stop at any moment", async () => {
    const given = await place.begin(command);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const [i, at] of moments(given.operations, MOMENTS / 4).entries()) {
      const ending = { GYRUS_KILL_AT: String(at), GYRUS_SIGNALS: signals[i % signals.length]! };
      const { code } = await expectCleanEnd(place, command, given, ending);
      expect([0, 130]).toContain(code);
    }
  });
});
