/** A group that is predicted by a real SLURM of one node comes to the tables of one machine. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readPrediction } from "../../../src/cluster/predictions";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { gyrus, trainedIn } from "../../support/clusterStudy";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { onCluster } from "../../support/slurm";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const patches = {
  preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5, preprocessing: "t1-linear" },
} as const;

/** Nine people, who are three batches: the last of one person. */
async function trained(settings: object) {
  const folder = temporaryFolder();
  const { test } = await writePhantomStudy(folder, { test: 9 });
  const people = test.map(({ participant_id = "" }) => participant_id);
  const experiment = phantomExperiment(folder, { epochs: 1, threads: 1, ...settings });
  const maps = join(folder, "maps");
  await trainPhantom(experiment, maps, { engine: await createOnnxEngine({ threads: 1 }) });
  writeFileSync(join(folder, "cluster.json"), JSON.stringify({ cpus: 1 }));
  return { folder, maps, people, caps: join(folder, "caps"), tsv: join(folder, "test.tsv") };
}

type Study = Awaited<ReturnType<typeof trained>>;

const submit = ({ maps, caps, tsv }: Study, ...more: readonly string[]) =>
  gyrus("submit-predict", maps, "test", "--caps", caps, "--tsv", tsv, "--yes", "--json", ...more);

/** What `gyrus status` tells of its only group. */
async function statesOf({ maps }: Study) {
  const { code, said, printed } = await gyrus("status", maps, "--json");
  expect(code, said).toBe(0);
  const { state, predictions } = JSON.parse(printed).result;
  const [{ parts, join: last }] = predictions;
  return { state, parts: parts.map(({ state }: { state: string }) => state), join: last.state };
}

/** The whole MAPS after a prediction on one machine, on as many threads. */
async function predictedAlone({ maps, caps, tsv, folder }: Study) {
  const output = join(folder, "alone");
  const engine = await createOnnxEngine({ threads: 1 });
  await predictGroup({ maps, group: "test", caps, tsv, output }, { engine });
  return await resultsIn(output);
}

async function resultsIn(maps: string): Promise<Record<string, unknown>> {
  const content = await trainedIn(maps);
  return Object.fromEntries(
    Object.entries(content).filter(([name]) => name.includes("/test/") || name.includes("/test_")),
  );
}

onCluster("a prediction on a cluster", (cluster) => {
  it.each([
    ["images", {}],
    ["patches that vote", patches],
  ])("writes the tables of one machine: %s", async (_name, settings) => {
    const study = await trained(settings);
    const alone = await predictedAlone(study);
    expect(Object.keys(alone).some((name) => name.endsWith("_level_prediction.tsv"))).toBe(true);
    const { code, said, printed } = await submit(study, "--parts", "4");
    expect(code, said + printed).toBe(0);
    await cluster.idle();
    const jobs = mapsPlace(study.maps).predictionJobs("test");
    const record = await readPrediction(jobs);
    const log = join(jobs, "logs", `${record?.jobs.join}.log`);
    expect(record?.joined, existsSync(log) ? readFileSync(log, "utf8") : printed).toBe(true);
    expect(await resultsIn(study.maps)).toEqual(alone);
    expect(await statesOf(study)).toEqual({
      state: "finished",
      parts: Array(4).fill("finished"),
      join: "finished",
    });
  });

  it("names what is missing with the scheduler's reason, and does that alone when it is submitted again", async () => {
    const study = await trained({});
    const alone = await predictedAlone(study);
    const jobs = mapsPlace(study.maps).predictionJobs("test");
    const partition = (state: string) =>
      cluster.command("scontrol", ["update", "partitionname=main", `state=${state}`]);
    // Of the second batch, which is the second part; its header can be read.
    const image = imageFile(study.caps, study.people[5] ?? "");
    const bytes = readFileSync(image);
    writeFileSync(image, bytes.subarray(0, bytes.length / 2));
    await partition("down");
    const shown = JSON.parse((await submit(study, "--parts", "3", "--dry-run")).printed).result;
    expect(shown.warnings).toMatchObject([{ code: "cluster.partition-down" }]);
    const first = await submit(study, "--parts", "3");
    expect(first.code, first.said + first.printed).toBe(0);
    expect(first.said).toContain("The partition main is down");
    expect(JSON.parse(first.printed).result.warnings).toMatchObject([{ code: "cluster.partition-down" }]);
    const twice = await submit(study, "--parts", "3");
    expect(twice.printed).toContain("in the queue already");
    expect(await statesOf(study)).toEqual({
      state: "queued",
      parts: Array(3).fill("queued"),
      join: "queued",
    });
    await partition("up");
    await cluster.idle();
    const failed = { state: "failed", parts: ["finished", "failed", "finished"], join: "failed" };
    expect(await statesOf(study)).toEqual(failed);
    expect((await gyrus("status", study.maps)).printed).toContain("FAILED, NonZeroExitCode");
    const said = readFileSync(
      join(jobs, "logs", `${JSON.parse(first.printed).result.jobs.join}.log`),
      "utf8",
    );
    expect(said).toContain("Part 1 of 3 of the group test is not predicted: FAILED, NonZeroExitCode.");
    expect(said.split("is not predicted")).toHaveLength(2);
    expect(existsSync(mapsPlace(study.maps).group("test").folder)).toBe(false);

    writeFileSync(image, bytes);
    const again = await submit(study, "--parts", "3");
    expect(JSON.parse(again.printed).result.parts).toEqual([1]);
    await cluster.idle();
    expect(await resultsIn(study.maps)).toEqual(alone);

    // The last job once more, as a scheduler may start it.
    const record = await readPrediction(jobs);
    const script = await cluster.command("scontrol", ["write", "batch_script", `${record?.jobs.join}`, "-"]);
    const file = join(study.folder, "again.sh");
    writeFileSync(file, script.replace(/^#SBATCH --dependency.*$/m, ""));
    const joining = (await cluster.command("sbatch", ["--parsable", file])).trim();
    await cluster.idle();
    const joined = readFileSync(join(jobs, "logs", `${joining}.log`), "utf8");
    expect(joined).toContain("3 parts of the group test are joined.");
    expect(await resultsIn(study.maps)).toEqual(alone);
  });
});
