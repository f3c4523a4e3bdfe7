/** Two windows, as processes that look for one free place in the same instants. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder";
import { programOf } from "../../support/program";

const ROUNDS = 150;

/** Takes the only place again and again; prints in how many rounds it was not alone there. */
const racer = programOf(`
import { lookAlone } from "./src/maps/units/ownPlaces";
import { claimWorkPlace, leaveWorkPlace, workPlaces } from "./src/maps/units/workPlaces";
const maps = "/maps" + process.pid;
const rest = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 2);
let shared = 0;
for (let taken = 0; taken < ${ROUNDS}; rest()) {
  const end = lookAlone();
  if (end === null) continue;
  const free = workPlaces().length === 0;
  if (free) claimWorkPlace({ maps, threads: 1, card: null });
  end();
  if (!free) continue;
  taken++;
  rest();
  if (workPlaces().length !== 1) shared++;
  leaveWorkPlace(maps);
}
console.log(shared);
`);

it("give the one place to one of two who look for it at once, and at last to both", async () => {
  const folder = temporaryFolder();
  const race = async () => {
    const child = spawn(process.execPath, [racer], {
      env: { ...process.env, GYRUS_TRAININGS: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    return [printed.trim(), code];
  };
  expect(await Promise.all([race(), race()])).toEqual([
    ["0", 0],
    ["0", 0],
  ]);
  expect(existsSync(folder)).toBe(false);
});
