/** A task that is taken from the queue of a real SLURM before it began vanishes there; it is told as what it is. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readJobs } from "../../../src/cluster/records";
import { gyrus, submitted } from "../../support/clusterStudy";
import { temporaryFolder } from "../../support/folder";
import { writeFolds } from "../../support/folds";
import { onCluster } from "../../support/slurm";

onCluster("a task that is cancelled while it waits", (cluster) => {
  it("is called cancelled by status and by the last job, whoever did it", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 2, { epochs: 1 });
    // No task begins while the only node is at work for others.
    const others = await cluster.command("sbatch", ["--parsable", "--exclusive", "--wrap=sleep 3600"]);
    const maps = await submitted(folder, file);
    const array = (await readJobs(maps))?.submissions[0]?.jobs.array;
    await cluster.command("scancel", [`${array}_1`]);
    const states = async () => {
      const { result } = JSON.parse((await gyrus("status", maps, "--json")).printed);
      return { units: result.units.map(({ state }: { state: string }) => state), log: result.join.log };
    };
    expect((await states()).units[1]).toBe("cancelled");
    await cluster.command("scancel", [others.trim()]);
    await cluster.idle();
    const after = await states();
    expect(after.units).toEqual(["finished", "cancelled"]);
    expect(readFileSync(after.log, "utf8")).toMatch(/Split 1 has not finished: its task was cancelled/);
  });
});
