/** What is submitted to a real SLURM of one node comes to the MAPS of one machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder";
import { writeFolds } from "../../support/folds";
import { contentOf } from "../../support/mapsContent";
import { slurmIsThere, TestCluster } from "../../support/slurm";
import { CLI } from "../../support/trainerProgram";

async function gyrus(...words: readonly string[]): Promise<{ code: number; said: string; printed: string }> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let [said, printed] = ["", ""];
  child.stderr.on("data", (data) => {
    said += data;
  });
  child.stdout.on("data", (data) => {
    printed += data;
  });
  const [code] = await once(child, "close");
  return { code, said, printed };
}

/** Without what only a cluster leaves. */
async function trainedIn(maps: string): Promise<Record<string, unknown>> {
  const content = await contentOf(maps);
  return Object.fromEntries(Object.entries(content).filter(([name]) => !name.startsWith("cluster/")));
}

const parts = {
  multi_network: true,
  preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5, preprocessing: "t1-linear" },
} as const;

describe.skipIf(!slurmIsThere())("a training on a cluster", () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start();
  });
  afterAll(async () => {
    await cluster?.stop();
  });

  const submitted = async (folder: string, file: string, profile: object = { cpus: 1 }) => {
    const given = join(folder, "profile.json");
    writeFileSync(given, JSON.stringify(profile));
    const maps = join(folder, "maps");
    const answer = await gyrus("submit", file, "--output", maps, "--profile", given, "--yes", "--json");
    expect(answer.code, answer.said + answer.printed).toBe(0);
    return maps;
  };

  it("comes to the MAPS of one machine, a split a task", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 5, { epochs: 2 });
    const maps = await submitted(folder, file);
    const alone = await gyrus("train", file, "--output", join(folder, "alone"));
    expect(alone.code, alone.said).toBe(0);
    await cluster.idle();
    const status = await gyrus("status", maps, "--json");
    expect(status.code, status.said).toBe(0);
    expect(JSON.parse(status.printed).result).toMatchObject({
      state: "finished",
      check: { state: "finished" },
      join: { state: "finished" },
    });
    expect(await trainedIn(maps)).toEqual(await trainedIn(join(folder, "alone")));
  });

  it("comes to the MAPS of one machine, a network of a patch a task", async () => {
    const folder = temporaryFolder();
    const file = await writeFolds(folder, 2, { epochs: 1, split: [0], ...parts });
    const maps = await submitted(folder, file);
    const alone = await gyrus("train", file, "--output", join(folder, "alone"));
    expect(alone.code, alone.said).toBe(0);
    await cluster.idle();
    expect(await trainedIn(maps)).toEqual(await trainedIn(join(folder, "alone")));
    expect(existsSync(join(maps, "split-0", "best-loss", "validation"))).toBe(true);
  });
});
