/** A cluster on which every job belongs to an account. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gyrus, submitted } from "../support/clusterStudy";
import { temporaryFolder } from "../support/folder";
import { writeFolds } from "../support/folds";
import { onCluster } from "../support/slurm";

onCluster(
  "a cluster with accounts",
  (cluster) => {
    it("has an account refused that it has not, with those of the user, before anything is submitted", async () => {
      const folder = temporaryFolder();
      const file = await writeFolds(folder, 2, { split: [0] });
      writeFileSync(join(folder, "cluster.json"), JSON.stringify({ account: "none" }));
      const maps = join(folder, "maps");
      const answer = await gyrus("submit", file, "--output", maps, "--yes", "--json");
      const { problems } = JSON.parse(answer.printed);
      expect(problems).toMatchObject([{ code: "cluster.no-account" }]);
      expect(problems[0].message).toBe("root has no account none on this cluster.");
      expect(problems[0].remedy).toMatch(/\bmemory\b/);
      expect(problems[0].remedy).toMatch(/\bneuro\b/);
      expect(existsSync(maps)).toBe(false);
      expect((await cluster.command("squeue", ["-h", "--states=all"])).trim()).toBe("");
    });

    it("trains on an account of the user", async () => {
      const folder = temporaryFolder();
      const file = await writeFolds(folder, 2, { epochs: 1, split: [0] });
      const maps = await submitted(folder, file, { account: "memory" });
      expect(await cluster.command("squeue", ["-h", "--format=%a"])).toMatch(/^(?:memory\s+)+$/);
      await cluster.idle();
      const status = await gyrus("status", maps, "--json");
      expect(JSON.parse(status.printed).result).toMatchObject({
        state: "finished",
        join: { state: "finished" },
      });
    });
  },
  { accounts: ["neuro", "memory"] },
);
