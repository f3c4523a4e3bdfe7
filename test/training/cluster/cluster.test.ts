/** What is submitted to a real SLURM of one node comes to the MAPS of one machine. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gyrus, submitted, trainedAlone, trainedIn } from "../../support/clusterStudy";
import { temporaryFolder } from "../../support/folder";
import { writeFolds } from "../../support/folds";
import { onCluster } from "../../support/slurm";

const parts = {
  multi_network: true,
  preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5, preprocessing: "t1-linear" },
} as const;

onCluster("a training on a cluster", (cluster) => {
  it("comes to the MAPS of one machine, a split a task", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 5, { epochs: 2 });
    const maps = await submitted(folder, file);
    const alone = await trainedAlone(folder, file);
    await cluster.idle();
    const status = await gyrus("status", maps, "--json");
    expect(status.code, status.said).toBe(0);
    expect(JSON.parse(status.printed).result).toMatchObject({
      state: "finished",
      check: { state: "finished" },
      join: { state: "finished" },
    });
    expect(await trainedIn(maps)).toEqual(alone);
  });

  it("comes to the MAPS of one machine, a network of a patch a task", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 2, { epochs: 1, split: [0], ...parts });
    const maps = await submitted(folder, file);
    const alone = await trainedAlone(folder, file);
    await cluster.idle();
    expect(await trainedIn(maps)).toEqual(alone);
    expect(existsSync(join(maps, "split-0", "best-loss", "validation"))).toBe(true);
  });
});
