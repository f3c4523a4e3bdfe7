/** What a scheduler gives a task, and takes from it for a task that comes first. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { gyrus, held, submitted, trainedAlone, trainedIn } from "../../support/clusterStudy";
import { temporaryFolder } from "../../support/folder";
import { writeFolds } from "../../support/folds";
import { onCluster } from "../../support/slurm";

const unitsOf = async (maps: string): Promise<readonly { state: string; requeued: number }[]> =>
  JSON.parse((await gyrus("status", maps, "--json")).printed).result.units;

onCluster(
  "what a scheduler allots",
  (cluster) => {
    it("is a GPU of its own for each of two tasks beside each other, and their cores", async () => {
      const folder = temporaryFolder();
      const file = await writeFolds(folder, 2, { epochs: 60 });
      const maps = await submitted(folder, file, { cpus: 1, gpu: "gpu" });
      const cards = [];
      for (const split of [0, 1]) {
        const variables = readFileSync(`/proc/${await held(maps, split)}/environ`, "utf8").split("\0");
        expect(variables).toContain("SLURM_CPUS_PER_TASK=1");
        cards.push(variables.find((one) => one.startsWith("CUDA_VISIBLE_DEVICES=")));
      }
      expect(cards.sort()).toEqual(["CUDA_VISIBLE_DEVICES=0", "CUDA_VISIBLE_DEVICES=1"]);
      expect((await gyrus("cancel", maps)).code).toBe(0);
      await cluster.idle();
    });

    it("goes to a job that comes first, and nothing is lost", async () => {
      const folder = temporaryFolder();
      const file = await writeFolds(folder, 2, { epochs: 60 });
      const maps = await submitted(folder, file);
      for (const split of [0, 1]) await held(maps, split);
      const over = join(folder, "over");
      const script = `while [ -d '${folder}' ] && [ ! -e '${over}' ]; do sleep 0.2; done`;
      const words = ["--parsable", "--partition=urgent", "--cpus-per-task=2", "--output=/dev/null"];
      const urgent = (await cluster.command("sbatch", [...words, "--wrap", script])).trim();
      await vi.waitFor(
        async () => {
          const state = await cluster.command("squeue", ["-h", `--jobs=${urgent}`, "--format=%T"]);
          expect(state.trim()).toBe("RUNNING");
        },
        { timeout: 300_000, interval: 200 },
      );
      expect(await unitsOf(maps)).toMatchObject([
        { state: "queued", requeued: 1 },
        { state: "queued", requeued: 1 },
      ]);
      writeFileSync(over, "");
      const alone = await trainedAlone(folder, file);
      await cluster.idle();
      expect(await unitsOf(maps)).toMatchObject([
        { state: "finished", requeued: 1 },
        { state: "finished", requeued: 1 },
      ]);
      expect(await trainedIn(maps)).toEqual(alone);
    });
  },
  { gpus: true, partitions: { urgent: "PriorityTier=10 PreemptMode=OFF State=UP" } },
);
