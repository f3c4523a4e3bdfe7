/** Each command that writes, killed at each of its operations on files, and ended in each other way at each of them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectCleanEnd, expectSurvivalOf, Workplace, WRITING_COMMANDS } from "../support/writingCommands";

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

it.each(WRITING_COMMANDS)(
  "$name leaves what it should, killed at any operation and given again",
  async (command) => {
    const given = await place.begin(command);
    for (let at = 1; at <= given.operations; at++) {
      await expectSurvivalOf(place, command, given, [at]);
      await expectSurvivalOf(place, command, given, [at, Math.max(1, given.operations - at)]);
    }
  },
);

it.each(WRITING_COMMANDS)(
  "$name leaves nothing half on a disk that is full from any operation on",
  async (command) => {
    const given = await place.begin(command);
    for (let at = 1; at <= given.operations; at++) {
      await expectCleanEnd(place, command, given, { GYRUS_FULL_AT: String(at) });
    }
  },
);

it.skipIf(process.platform === "win32").each(WRITING_COMMANDS)(
  "$name leaves nothing half, asked to stop at any operation",
  async (command) => {
    const given = await place.begin(command);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (let at = 1; at <= given.operations; at++) {
      const ending = { GYRUS_KILL_AT: String(at), GYRUS_SIGNALS: signals[at % signals.length]! };
      const { code } = await expectCleanEnd(place, command, given, ending);
      expect([0, 130]).toContain(code);
    }
  },
);
