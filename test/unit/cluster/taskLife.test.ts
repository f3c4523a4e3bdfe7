import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readJobs, roomOf, writeSubmission } from "../../../src/cluster/records";
import type { RunSlurm } from "../../../src/cluster/slurm";
import { type JobEnvironment, jobEnvironment, type Progress, TaskLife } from "../../../src/cluster/taskLife";
import { submission } from "../../support/clusterSubmission";
import { temporaryFolder } from "../../support/folder";

const name = { kind: "unit", split: 0, network: null } as const;
const job = (restarts: number): JobEnvironment => ({ own: "12_0", job: 12, task: 0, restarts, cores: null });

/** @param refusal of `scontrol requeue` */
function scheduler(refusal = "") {
  const given: string[] = [];
  const run: RunSlurm = async (program, words) => {
    given.push([program, ...words].join(" "));
    const refused = words[0] === "requeue" && refusal !== "";
    return { code: refused ? 1 : 0, output: "", errors: refused ? refusal : "" };
  };
  return { given, run };
}

async function submitted(): Promise<string> {
  const maps = temporaryFolder();
  await writeSubmission(maps, submission);
  return maps;
}

/** A start of the task that finds the disk full after it has come to `progress`. */
async function full(maps: string, restarts: number, progress: Progress, run = scheduler().run) {
  const life = await TaskLife.of(maps, name, submission, job(restarts), run);
  await life.begin();
  return await life.waitForRoom("The disk is full.", progress);
}

const endOf = async (maps: string) => (await readJobs(maps))?.tasks.get("split-0")?.end;

describe("a task that finds the disk full", () => {
  it("gives itself back for a while, and gives the room free that it kept", async () => {
    const maps = await submitted();
    const { given, run } = scheduler();
    const life = await TaskLife.of(maps, name, submission, job(0), run);
    await life.begin();
    expect(existsSync(roomOf(maps, name))).toBe(true);
    expect(await life.waitForRoom("The disk is full.", { epochs: 2, batches: 0 })).toBe(true);
    expect(existsSync(roomOf(maps, name))).toBe(false);
    expect(given).toEqual(["scontrol requeue 12_0", "scontrol update JobId=12_0 StartTime=now+10minutes"]);
    expect(await endOf(maps)).toMatchObject({ why: "requeued", reason: "The disk is full.", fullDisks: 1 });
  });

  it("is back in the queue where the end of the job took the answers of the scheduler's programs", async () => {
    const maps = await submitted();
    const given: string[] = [];
    const killed = { code: null, output: "", errors: "" };
    const run: RunSlurm = async (program, words) => {
      given.push(`${program} ${words[0]}`);
      return program === "squeue" ? { code: 0, output: "PENDING\n", errors: "" } : killed;
    };
    expect(await full(maps, 0, { epochs: 2, batches: 0 }, run)).toBe(true);
    expect(given).toEqual(["scontrol requeue", "squeue --noheader", "scontrol update", "scontrol update"]);
    expect(await endOf(maps)).toMatchObject({ why: "requeued", fullDisks: 1 });
  });

  it("has failed where no program of the scheduler answers", async () => {
    const silent: RunSlurm = async () => ({ code: null, output: "", errors: "ENOENT" });
    expect(await full(await submitted(), 0, null, silent)).toBe(false);
  });

  it("fails when it has waited for six hours and came no further", async () => {
    const maps = await submitted();
    const starts = Array.from({ length: 37 }, (_, start) => start);
    const waits: boolean[] = [];
    for (const start of starts) waits.push(await full(maps, start, { epochs: 2, batches: 5 }));
    expect(waits).toEqual(starts.map((start) => start < 36));
    expect(await endOf(maps)).toMatchObject({ why: "failed", reason: "The disk is full." });
  });

  it("counts anew when it came further", async () => {
    const maps = await submitted();
    await full(maps, 0, { epochs: 2, batches: 0 });
    await full(maps, 1, { epochs: 2, batches: 0 });
    expect((await endOf(maps))?.fullDisks).toBe(2);
    await full(maps, 2, { epochs: 3, batches: 0 });
    expect((await endOf(maps))?.fullDisks).toBe(1);
  });

  it("has failed where the scheduler does not take it back, and says both", async () => {
    const maps = await submitted();
    expect(await full(maps, 0, null, scheduler("Requeue is disabled").run)).toBe(false);
    expect(await endOf(maps)).toMatchObject({
      why: "failed",
      reason: "The disk is full.\nRequeue is disabled",
    });
  });
});

it("a task of an array names itself by array and task: the number of the last one means them all", () => {
  const environment = {
    SLURM_JOB_ID: "12",
    SLURM_ARRAY_JOB_ID: "12",
    SLURM_ARRAY_TASK_ID: "3",
    SLURM_RESTART_COUNT: "1",
  };
  expect(jobEnvironment(environment)).toMatchObject({ own: "12_3", job: 12, task: 3, restarts: 1 });
  expect(jobEnvironment({ SLURM_JOB_ID: "14" })).toMatchObject({ own: "14", job: 14, task: null });
});
