/** A run on a real cluster of one node, as a person sees it in VS Code: submitted, watched, cancelled in part, requeued, submitted again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mapsPlace } from "../../src/maps/folder/place";
import { held } from "../support/clusterStudy";
import { writeFolds } from "../support/folds";
import { onCluster } from "../support/slurm";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let workbench: Workbench;

const maps = () => join(workspace, "maps_phantom");
const file = () => workbench.view("Experiment Files").getByRole("treeitem", { name: "phantom", exact: true });
const split = (number: number, words: string) => workbench.treeItem(new RegExp(`^split ${number}, ${words}`));

/** The only submission that the MAPS knows, as it stands in its file. */
function submission(): { readonly path: string; readonly record: { jobs: Record<string, number> } } {
  const folder = mapsPlace(maps()).cluster;
  const name = readdirSync(folder).find((one) => one.startsWith("submission-"));
  const path = join(folder, name ?? "");
  return { path, record: JSON.parse(readFileSync(path, "utf8")) };
}

const setProfile = (profile: object) =>
  workbench.host(
    (api, value: object) =>
      api.workspace.getConfiguration("gyrus").update("cluster", value, api.ConfigurationTarget.Global),
    profile,
  );

const confirmed = async (question: string, yes: string) => {
  const box = workbench.page.locator(".monaco-dialog-box", { hasText: question });
  await box.getByRole("button", { name: yes, exact: true }).click();
};

onCluster("a run on a cluster", (cluster) => {
  beforeAll(async () => {
    workspace = mkdtempSync(join(tmpdir(), "gyrus cluster-"));
    // Two of three splits fit on the node at a time; they are held while the test looks at them.
    await writeFolds(workspace, 3, { epochs: 100, patience: 0 });
    editor = await startEditor({
      settings: { "gyrus.nodePath": process.execPath, "gyrus.cluster": { cpus: 1, partition: "main" } },
    });
    workbench = await editor.open(workspace);
    await workbench.openGyrus();
  });

  photographFailures(() => workbench);

  afterAll(async () => {
    await editor?.close();
    if (workspace !== undefined) rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  it("is refused in words where its profile holds a piece of shell, and nothing is submitted", async () => {
    await setProfile({ partition: "main; touch /tmp/owned" });
    await workbench.chooseFromMenu(file(), "Submit to Cluster...");
    // The notification of the progress holds the same words for a moment.
    const told = workbench.notification(/Submit to Cluster: maps_phantom: .*"partition" is refused/);
    await told.getByRole("button", { name: "Change the Settings" }).waitFor();
    expect((await cluster.command("squeue", ["-h"])).trim()).toBe("");
  });

  it("shows its script first, which nobody can change, and submits when told to", async () => {
    await setProfile({ cpus: 1, partition: "main" });
    await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
    await workbench.chooseFromMenu(file(), "Submit to Cluster...");
    await workbench.option(/^Submit 3 jobs/).waitFor();
    await workbench.editorTab(/maps_phantom\.sh/).waitFor();
    const shown = await workbench.host((api) => api.window.activeTextEditor?.document.getText() ?? "");
    expect(shown).toContain("#SBATCH --array=0-2");
    expect(shown).toContain("#SBATCH --partition=main");
    expect((await cluster.command("squeue", ["-h"])).trim()).toBe("");
    await workbench.option(/^Submit 3 jobs/).click();
    await workbench.notification("maps_phantom: 3 jobs were submitted.").waitFor();
    await workbench.treeItem(/^maps_phantom, (3 )?queued|^maps_phantom, checks the images/).waitFor();
  });

  it("shows which tasks run where and which wait for what, in the tree and in the panel", async () => {
    for (const number of [0, 1]) await held(maps(), number);
    await workbench.treeItem(/^maps_phantom, 1 queued, 2 running/).waitFor();
    await workbench
      .treeItem(/^maps_phantom/)
      .locator(".monaco-tl-twistie")
      .click();
    await split(0, `running on ${cluster.node} since`).waitFor();
    await split(1, `running on ${cluster.node} since`).waitFor();
    await split(2, "queued: Resources").waitFor();
    await workbench.statusBarItem(/maps_phantom · 1 queued, 2 running/).waitFor();
    const card = workbench.webview().getByRole("region", { name: "On the cluster" });
    await card.getByRole("row", { name: new RegExp(`Split 0 Running ${cluster.node}`) }).waitFor();
    await card.getByRole("row", { name: /Split 2 Queued Resources/ }).waitFor();
  });

  it("shows two tasks beside each other while both train", async () => {
    const panel = workbench.webview();
    const networks = panel.getByRole("region", { name: "Networks" });
    for (const number of [0, 1])
      await networks
        .getByRole("row", {
          name: new RegExp(`Split ${number}\\b.* (?:Running|Epoch \\d+ of 100).* [1-9]`),
        })
        .waitFor();
    await panel.locator("vscode-single-select.layout").click();
    await panel.getByRole("option", { name: "Side by side" }).click();
    for (const number of [0, 1]) await panel.getByText(`Split ${number} · Loss`).first().waitFor();
    await workbench.screenshot(pictureOf("cluster-side-by-side"));
  });

  it("opens what a task has printed, from its row in the tree and in the panel", async () => {
    const { array } = submission().record.jobs;
    const panel = workbench.editorTab(/^maps_phantom(?!\.sh)/);
    // Both stand still after an epoch: no row moves when the tree has told that.
    await expect.poll(() => workbench.treeItem(/^best BA/).count()).toBe(2);
    await workbench.chooseFromMenu(split(0, "running"), "Open Log");
    await workbench.editorTab(`${array}_0.log`).waitFor();
    await panel.click();
    await workbench.webview().getByRole("button", { name: "Open the log of Split 1" }).click();
    await workbench.editorTab(`${array}_1.log`).waitFor();
    await panel.click();
  });

  it("has one job taken from the queue, and no other", async () => {
    await workbench.webview().getByRole("button", { name: "Cancel the job of Split 2" }).click();
    await confirmed("Cancel the job of maps_phantom, split 2?", "Cancel the Jobs");
    await workbench.notification("maps_phantom: 1 job was cancelled.").waitFor();
    await split(2, "cancelled").waitFor();
    await split(0, "running").waitFor();
  });

  it("says that the scheduler started a task again", async () => {
    const { array } = submission().record.jobs;
    const former = await held(maps(), 1);
    await cluster.command("scontrol", ["requeue", `${array}_1`]);
    await split(1, ".*requeued 1 time").waitFor();
    // SLURM lets a task wait for minutes before it starts again; one that runs already has no time to start.
    await cluster.command("scontrol", ["update", `jobid=${array}_1`, "starttime=now"]).catch(() => "");
    await held(maps(), 1, former);
    await split(1, `running on ${cluster.node} since .*requeued 1 time`).waitFor({ timeout: 300_000 });
  });

  it("leaves a job alone that the scheduler does not confirm to be of this MAPS", async () => {
    const printed = await cluster.command("sbatch", ["--parsable", "--hold", "--wrap", "true"]);
    const { path, record } = submission();
    const text = readFileSync(path, "utf8");
    writeFileSync(path, JSON.stringify({ ...record, jobs: { ...record.jobs, join: Number(printed) } }));
    await workbench.runCommand("Gyrus: Cancel Cluster Jobs");
    await confirmed("Cancel all jobs of maps_phantom?", "Cancel the Jobs");
    await workbench.notification(/The scheduler says of job \d+ that it is not one of this MAPS/).waitFor();
    expect(await cluster.command("squeue", ["-h", "-o", "%i"])).toContain(printed.trim());
    await cluster.command("scancel", [printed.trim()]);
    writeFileSync(path, text);
    await cluster.command("scancel", ["--user=root"]);
    await cluster.idle();
  });

  it("goes on with what is missing when it is submitted again, and opens the results that were joined", async () => {
    await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));
    const row = workbench.treeItem(/^maps_phantom, (?:.*\d )?cancelled/);
    await row.waitFor();
    await workbench.pressInline(row, "Submit Again");
    await workbench.option(/^Submit \d jobs?/).click();
    await workbench.treeItem(/^maps_phantom, finished/).waitFor({ timeout: 590_000 });
    await workbench.chooseFromMenu(workbench.treeItem(/^maps_phantom, finished/), "Show Results");
    await workbench
      .webview()
      .getByRole("heading", { name: /maps_phantom/ })
      .waitFor();
  });
});
