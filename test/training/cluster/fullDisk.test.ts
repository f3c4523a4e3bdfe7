/** A task on a real SLURM whose disk is full loses nothing, says so, and goes on when there is room. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readJobs } from "../../../src/cluster/records";
import { codeOf } from "../../../src/messages/codeOf";
import { begun, gyrus, submitted, trainedAlone, trainedIn } from "../../support/clusterStudy";
import { writeFolds } from "../../support/folds";
import { onCluster } from "../../support/slurm";

/** A disk of its own, in memory; null where this user may make none, which is said. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "gyrus-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], { stdio: "pipe" });
    return folder;
  } catch (error) {
    rmdirSync(folder);
    process.stderr.write(`No small disk to fill: ${String(error)}\n`);
    return null;
  }
}

/** Fills the disk of `file` to its last byte. */
function fill(file: string): void {
  const handle = openSync(file, "w");
  for (let size = 2 ** 20; size >= 1; ) {
    try {
      writeSync(handle, Buffer.alloc(size));
    } catch (error) {
      if (codeOf(error) !== "ENOSPC") throw error;
      size = Math.floor(size / 2);
    }
  }
  closeSync(handle);
}

onCluster("a task whose disk is full", (cluster) => {
  let disk: string | null = null;
  beforeAll(() => {
    disk = smallDisk();
  });
  afterAll(() => {
    if (disk === null) return;
    execFileSync("umount", [disk]);
    rmdirSync(disk);
  });

  it("waits in the queue with its checkpoint until there is room, and learns the same", async ({ skip }) => {
    if (disk === null) return skip("no small disk can be made here");
    const folder = disk;
    const file = await writeFolds(folder, 2, { epochs: 100, split: [0] });
    const alone = await trainedAlone(folder, file);
    const maps = await submitted(folder, file);
    await begun(maps, 0);
    fill(join(folder, "others"));
    const found = async () => (await readJobs(maps))?.tasks.get("split-0");
    const isBack = async (times: number) =>
      await vi.waitFor(
        async () => {
          const task = await found();
          // Where the scheduler is slow to let it wait, it tries again sooner.
          if (!((task?.end?.fullDisks ?? 0) >= times)) throw new Error(`it is at ${JSON.stringify(task)}`);
          const queue = await cluster.command("squeue", ["-h", "--array", "--format=%K|%T|%r"]);
          if (!queue.includes("0|PENDING|BeginTime")) throw new Error(queue);
        },
        { timeout: 300_000, interval: 200 },
      );
    await isBack(1);
    const status = JSON.parse((await gyrus("status", maps, "--json")).printed);
    expect(status.result.units).toMatchObject([
      { state: "queued", reason: expect.stringContaining("The disk is full") },
    ]);
    const job = `${(await found())?.job}_0`;
    await vi.waitFor(
      async () => {
        const start = (await cluster.command("squeue", ["-h", `--jobs=${job}`, "--format=%S"])).trim();
        // "N/A" for a moment.
        if (!(Date.parse(start) - Date.now() > 5 * 60_000)) throw new Error(`it starts at ${start}`);
      },
      { timeout: 300_000, interval: 200 },
    );

    // Nobody has made room.
    await cluster.command("scontrol", ["update", `JobId=${job}`, "StartTime=now"]);
    await isBack(2);

    rmSync(join(folder, "others"));
    await cluster.idle();
    const ended = await found();
    expect(ended?.end?.why).toBe("done");
    // A scheduler that is slow may end a task once more, which then goes back as well.
    expect(ended?.restarts).toBeGreaterThanOrEqual(2);
    expect(await trainedIn(maps)).toEqual(alone);
  });
});
