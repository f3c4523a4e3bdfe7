/** What a cluster cannot give is said before anything is submitted, or as soon as it can be known. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { gyrus, gyrusWithoutSlurm, submitted } from "../../support/clusterStudy";
import { temporaryFolder } from "../../support/folder";
import { writeFolds } from "../../support/folds";
import { disksCanBeHidden, onCluster } from "../../support/slurm";

/** Milliseconds. */
const HOUR = 3_600_000;

/** An experiment whose profile stands beside it. */
async function experimentWith(profile: object): Promise<{ file: string; maps: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "cluster.json"), JSON.stringify(profile));
  return { file: await writeFolds(folder, 2, { split: [0] }), maps: join(folder, "maps") };
}

const statusOf = async (maps: string) => JSON.parse((await gyrus("status", maps, "--json")).printed);

const wishes = { gpus: true, otherDisk: disksCanBeHidden(), partitions: { closed: "State=DOWN" } };

onCluster(
  "what a cluster cannot give",
  (cluster) => {
    const queued = async () => (await cluster.command("squeue", ["-h", "--states=all"])).trim();

    describe("is refused before anything is submitted", () => {
      it.each([
        ["a partition that there is not", { partition: "none" }, "cluster.no-partition", /partition none/],
        ["more memory than any node has", { memory_gb: 9 }, "cluster.too-large", /largest has 7\.8/],
        ["more cores than any node has", { cpus: 3 }, "cluster.too-large", /largest has 2/],
        ["more time than the partition allows", { minutes: 61 }, "cluster.partition-time", /allows 60/],
        ["more GPUs than any node has", { gpu: "gpu:3" }, "cluster.no-gpu", /gpu:3/],
        ["another GPU than there are", { gpu: "gpu:a100:1" }, "cluster.no-gpu", /gpu:a100:1/],
        [
          "a feature that no node has",
          { options: { constraint: "none" } },
          "cluster.refused",
          /Invalid feature specification/,
        ],
        ["a node that there is not", { options: { nodelist: "none" } }, "cluster.refused", /node name/],
      ])("%s", async (_name, profile, code, words) => {
        const { file, maps } = await experimentWith(profile);
        const before = await queued();
        const answer = await gyrus("submit", file, "--output", maps, "--yes", "--json");
        expect(answer.code, answer.said + answer.printed).not.toBe(0);
        const { problems } = JSON.parse(answer.printed);
        expect(problems).toMatchObject([{ code, file: join(file, "..", "cluster.json") }]);
        expect(problems[0].message).toMatch(words);
        expect(await queued()).toBe(before);
        expect(existsSync(maps)).toBe(false);
      });

      it("anything where all nodes are drained", async () => {
        const { file, maps } = await experimentWith({ cpus: 1 });
        const state = (words: string[]) =>
          cluster.command("scontrol", ["update", `NodeName=${cluster.node}`, ...words]);
        await state(["State=DRAIN", "Reason=test"]);
        const answer = await gyrus("submit", file, "--output", maps, "--yes", "--json");
        await state(["State=RESUME"]);
        expect(JSON.parse(answer.printed).problems).toMatchObject([{ code: "cluster.out-of-service" }]);
        expect(answer.printed).toContain("drained (test)");
        expect(existsSync(maps)).toBe(false);
      });

      it("anything where there is no SLURM", async () => {
        const { file, maps } = await experimentWith({ cpus: 1 });
        const answer = await gyrusWithoutSlurm("submit", file, "--output", maps, "--yes", "--json");
        expect(answer.code, answer.said).not.toBe(0);
        expect(JSON.parse(answer.printed).problems).toMatchObject([{ code: "cluster.no-slurm" }]);
        expect(existsSync(maps)).toBe(false);
      });
    });

    it("is told with the scheduler's reason where the queue never starts", async () => {
      const folder = temporaryFolder();
      const maps = await submitted(folder, await writeFolds(folder, 2), { partition: "closed" });
      const early = await statusOf(maps);
      expect(early.result).toMatchObject({
        state: "queued",
        check: { state: "queued", reason: "PartitionDown" },
      });
      // Where no scheduler answers, the files alone tell.
      const silent = await gyrusWithoutSlurm("status", maps, "--json");
      expect(JSON.parse(silent.printed).result).toMatchObject({ state: "queued", check: { reason: null } });
      expect(silent.said).toContain("No SLURM answers here");
      const { cluster: records } = mapsPlace(maps);
      const [name = ""] = readdirSync(records).filter((one) => one.startsWith("submission-"));
      const record = JSON.parse(readFileSync(join(records, name), "utf8"));
      writeFileSync(
        join(records, name),
        JSON.stringify({ ...record, submitted: record.submitted - 2 * HOUR }),
      );
      const late = await gyrus("status", maps, "--json");
      expect(late.said).toMatch(/have waited for 12\d minutes: PartitionDown/);
      expect((await gyrus("cancel", maps)).code).toBe(0);
      await cluster.idle();
      expect((await statusOf(maps)).result.state).toBe("cancelled");
    });

    it.skipIf(!wishes.otherDisk)("is told where the node does not see the folder of the MAPS", async () => {
      const folder = mkdtempSync(join(cluster.otherDisk, "study-"));
      const maps = await submitted(folder, await writeFolds(folder, 2));
      await vi.waitFor(
        async () => {
          const { said, printed } = await gyrus("status", maps, "--json");
          expect(JSON.parse(printed).result.check.state).toBe("failed");
          expect(said).toContain(`Node ${cluster.node} does not see what was written to this folder`);
        },
        { timeout: 300_000, interval: 500 },
      );
      await cluster.idle();
      const { units } = (await statusOf(maps)).result;
      // They waited for the check, which has failed.
      expect(units.map(({ log }: { log: string | null }) => log)).toEqual([null, null]);
    });
  },
  wishes,
);
