/**
 * Stands for Node in the setting `gyrus.nodePath`: called as `fakeTrainer cli.js train EXPERIMENT --output MAPS`, it writes a
 * MAPS as the trainer does, as fast or as badly as the name of the experiment says. What a real training does is tested with
 * the real trainer; this one hangs, crashes and refuses on request.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EventLog } from "../../../src/maps/events/eventLog";
import { mapsPlace } from "../../../src/maps/folder/place";
import { Units } from "../../../src/maps/units/units";
import { epochEvent, fixtureExperiment, startEvent } from "../../support/mapsFixture";

const [, , , command, first = "", , output = first] = process.argv;
const manner = /slow|refuses|hangs|crashes/.exec(basename(command === "train" ? first : output))?.[0];
const [epochs, pause] = manner === "slow" ? [10_000, 300] : [4, 50];

switch (command) {
  case "--version":
    process.stdout.write("0.0.0\n");
    break;
  case "train":
    process.stderr.write("checking images\n");
    if (manner === "refuses") {
      process.stderr.write(
        "gyrus train: caps_directory: the folder /nowhere does not exist. Correct the path.\n",
      );
      process.exit(2);
    }
    if (manner === "hangs") await sleep(600_000);
    mkdirSync(mapsPlace(output).split(0).tmp, { recursive: true });
    writeFileSync(mapsPlace(output).mapsJson, JSON.stringify({ ...fixtureExperiment, epochs }));
    await train(output, 0);
    break;
  case "resume":
    await train(first, 2);
    break;
  default:
    process.exit(2);
}

async function train(maps: string, firstEpoch: number): Promise<void> {
  const units = await Units.open(maps, { command: process.argv, gyrusVersion: "0.1.0", engine: "none" });
  await units.take(mapsPlace(maps).split(0).network());
  const log = EventLog.open(mapsPlace(maps).split(0).network().eventsJsonl);
  log.append({
    ...startEvent(0),
    ...(firstEpoch === 0 ? {} : { resumedAt: { epoch: firstEpoch, batch: 0 } }),
  });
  for (let epoch = firstEpoch; epoch < epochs; epoch++) {
    await sleep(pause);
    log.append(epochEvent(epoch));
    process.stderr.write(`epoch ${epoch}\n`);
    if (manner === "crashes" && epoch === 1) process.kill(process.pid, "SIGKILL");
    const stop = units.stopAsked();
    if (stop !== null) {
      return end(units, log, { reason: "stopped", message: `Asked to stop after this ${stop}.` }, epoch + 1);
    }
  }
  return end(units, log, { reason: "completed", message: "" }, epochs);
}

interface End {
  readonly reason: "stopped" | "completed";
  readonly message: string;
}

async function end(units: Units, log: EventLog, { reason, message }: End, done: number): Promise<void> {
  log.append({ kind: "end", reason, epochs: done, batches: 0, message });
  log.close();
  await units.close({ reason, problems: [] });
  process.exitCode = reason === "stopped" ? 130 : 0;
}
