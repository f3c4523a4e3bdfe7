/** A handful of kills of each command that writes; all of them are made by `npm run proof`. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/commandTable";
import { RandomGenerator } from "../../../src/network/weights/random";
import {
  expectCleanEnd,
  expectSurvivalOf,
  expectToBeginAnew,
  Workplace,
  WRITING_COMMANDS,
  type WritingCommand,
} from "../../support/writingCommands";

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

const seed = Number(process.env.GYRUS_TEST_SEED ?? Date.now() % 1e6);

/** Commands that have no row, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  audit: "writes nothing",
  "cache clear": "removes, and may be given again",
  cancel: "test/training/cluster/cluster.test.ts",
  check: "writes nothing",
  "cluster-predict": "test/training/cluster/predict.test.ts",
  "cluster-task": "test/training/cluster/cluster.test.ts",
  compare: "writes nothing",
  completion: "writes nothing",
  describe: "writes nothing",
  engines: "writes nothing",
  "engines bench": "writes nothing",
  demo: "writes its brains one by one: test/proof/writingCommands.test.ts",
  "engines install": "lets npm write",
  status: "writes nothing",
  submit: "test/training/cluster/cluster.test.ts",
  "submit-predict": "test/training/cluster/predict.test.ts",
  resume: "test/training/run/kill.test.ts",
  train: "test/training/run/kill.test.ts",
  "train-all": "test/training/cli/trainAll.test.ts",
};

it("has a row of every command that writes, of several where it writes in several ways", () => {
  const isOf = (name: string) => (command: WritingCommand) =>
    name.split(" ").every((word, place) => word === command.words[place]);
  const without = COMMANDS.filter(({ name }) => !WRITING_COMMANDS.some(isOf(name)));
  expect(without.map(({ name }) => name).sort()).toEqual(Object.keys(ELSEWHERE).sort());
});

describe.each(WRITING_COMMANDS)("$name", (command) => {
  it(`is whole or absent, whenever it is killed, and the same command does the rest (GYRUS_TEST_SEED=${seed})`, async () => {
    const given = await place.begin(command);
    const random = new RandomGenerator(seed);
    const kills = Array.from({ length: 2 }, () => 1 + Math.floor(random.uniform() * given.operations));
    await expectSurvivalOf(place, command, given, kills);
  });
});

describe("train", () => {
  it("begins anew where it was killed before it had made its MAPS", () => expectToBeginAnew(place, [12, 30]));
});

const named = (...names: string[]) => WRITING_COMMANDS.filter(({ name }) => names.includes(name));

describe.each(named("predict a new group", "interpret again", "tsv kfold"))("$name", (command) => {
  it("leaves nothing half, and says so, where the disk is full", async () => {
    const given = await place.begin(command);
    const half = { GYRUS_FULL_AT: String(Math.floor(given.operations / 2)) };
    const { errors } = await expectCleanEnd(place, command, given, half);
    expect(errors).toMatch(/The disk is full/);
    expect(errors).not.toContain(".gyrus-");
  });

  it.skipIf(process.platform === "win32")("leaves nothing half where it is asked to stop", async () => {
    const given = await place.begin(command);
    const half = { GYRUS_KILL_AT: String(Math.floor(given.operations / 2)), GYRUS_SIGNALS: "SIGTERM" };
    await expectCleanEnd(place, command, given, half);
  });
});
