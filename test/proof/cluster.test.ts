/** What a cluster does to a training: warnings, requeues, kills, nodes that go down. Nothing is lost, and nothing is there twice. */
import { readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { clusterState } from "../../src/cluster/clusterState";
import { ASK_EVERY, Queue } from "../../src/cluster/queue";
import { readJobs, writeSubmission } from "../../src/cluster/records";
import { runSlurm } from "../../src/cluster/slurm";
import { mapsPlace } from "../../src/maps/folder/place";
import { readRun } from "../../src/maps/units/records";
import { begun, gyrus, submitted, trainedAlone, trainedIn } from "../support/clusterStudy";
import { temporaryFolder } from "../support/folder";
import { writeFolds } from "../support/folds";
import { onCluster } from "../support/slurm";

onCluster("a training on a cluster", (cluster) => {
  it("goes on after a warning, a requeue, a kill and a second submission, and is what it had been", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 3, { epochs: 100 });
    const maps = await submitted(folder, file);
    const { array } = (await readJobs(maps))?.submissions[0]?.jobs ?? { array: null };
    await begun(maps, 0);
    await begun(maps, 1);
    // What the scheduler sends before a time limit, to the script alone.
    await cluster.command("scancel", ["--batch", "--signal=USR1", `${array}_0`]);
    await cluster.command("scontrol", ["requeue", `${array}_1`]);
    await begun(maps, 2);
    const { runJson } = mapsPlace(maps).split(2).network();
    const record = await readRun(runJson);
    process.kill(record?.pid ?? 0, "SIGKILL");
    await cluster.idle();
    const broken = JSON.parse((await gyrus("status", maps, "--json")).printed).result;
    expect(broken.units.map(({ state }: { state: string }) => state)).toEqual([
      "finished",
      "finished",
      "failed",
    ]);
    expect(broken.units[0].requeued).toBe(1);
    expect(broken.units[1].requeued).toBe(1);
    expect(readFileSync(broken.join.log, "utf8")).toMatch(/Split 2 has not finished/);

    const again = await gyrus("submit", join(maps, "maps.json"), "--output", maps, "--json");
    expect(again.code, again.said + again.printed).toBe(0);
    expect(JSON.parse(again.printed).result.units).toEqual([{ task: 0, split: 2, network: null }]);
    const alone = await trainedAlone(folder, file);
    await cluster.idle();
    expect(await trainedIn(maps)).toEqual(alone);
    const more = await gyrus("submit", file, "--output", maps, "--json");
    expect(JSON.parse(more.printed).problems).toMatchObject([{ code: "cluster.nothing-left" }]);
  });

  it("is cancelled where the scheduler knows it as this one's, and goes on when it is submitted again", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 3, { epochs: 100 });
    const maps = await submitted(folder, file);
    await begun(maps, 0);
    const twice = await gyrus("submit", file, "--output", maps, "--json");
    expect(JSON.parse(twice.printed).problems).toMatchObject([{ code: "cluster.in-queue" }]);
    expect((await gyrus("cancel", maps)).code).toBe(0);
    await cluster.idle();
    const { units } = JSON.parse((await gyrus("status", maps, "--json")).printed).result;
    expect(units.map(({ state }: { state: string }) => state)).toEqual([
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
    expect((await gyrus("submit", file, "--output", maps, "--yes")).code).toBe(0);
    const alone = await trainedAlone(folder, file);
    await cluster.idle();
    expect(await trainedIn(maps)).toEqual(alone);
  });

  it("goes on when its node goes down and comes back", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 2, { epochs: 100 });
    const maps = await submitted(folder, file);
    await begun(maps, 0);
    await cluster.command("scontrol", ["update", `NodeName=${cluster.node}`, "State=DOWN", "Reason=test"]);
    // It may have come back by itself meanwhile, and cannot be resumed then.
    await cluster.command("scontrol", ["update", `NodeName=${cluster.node}`, "State=RESUME"]).catch(() => {});
    const alone = await trainedAlone(folder, file);
    await cluster.idle();
    expect(await trainedIn(maps)).toEqual(alone);
    const { units } = JSON.parse((await gyrus("status", maps, "--json")).printed).result;
    expect(units[0]).toMatchObject({ state: "finished", requeued: 1 });
  });

  it("goes back to the queue before its time limit, until it is done", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 2, { epochs: 600, split: [0] });
    // The scheduler looks at limits twice a minute: it warns half a minute after the start.
    const maps = await submitted(folder, file, { cpus: 1, minutes: 1, warning_seconds: 40 });
    const alone = await trainedAlone(folder, file);
    await cluster.idle();
    const { units } = JSON.parse((await gyrus("status", maps, "--json")).printed).result;
    expect(units[0].state).toBe("finished");
    expect(units[0].requeued).toBeGreaterThan(0);
    expect(await trainedIn(maps)).toEqual(alone);
  });

  it("is followed over two hundred tasks with one question in ten seconds", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const id = `gyrus-${"7".repeat(32)}`;
    const script = `#!/bin/bash\n#SBATCH --comment=${id}\n#SBATCH --array=0-199\n#SBATCH --chdir=${folder}\n#SBATCH --output=/dev/null\nexec true\n`;
    const file = join(folder, "array.sh");
    writeFileSync(file, script);
    const array = Number(await cluster.command("sbatch", ["--parsable", file]));
    const units = Array.from({ length: 200 }, (_, task) => ({ task, split: task, network: null }));
    await writeSubmission(maps, {
      id,
      user: userInfo().username,
      host: "login",
      submitted: Date.now(),
      jobs: { check: null, array, join: null },
      units,
      engine: "onnx",
      threads: 1,
    });
    const asked: number[] = [];
    const queue = new Queue(async (...words) => {
      asked.push(performance.now());
      return await runSlurm(...words);
    });
    await vi.waitFor(
      async () => {
        const records = await readJobs(maps);
        if (records === null) throw new Error("there is no record");
        const { units: seen, state } = clusterState(records, () => null, await queue.rows());
        expect(seen).toHaveLength(200);
        if (state !== "finished") throw new Error(state);
      },
      { timeout: 300_000, interval: 50 },
    );
    const between = asked.slice(1).map((time, place) => time - (asked[place] ?? 0));
    expect(asked.length).toBeGreaterThan(1);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(ASK_EVERY);
  });
});
