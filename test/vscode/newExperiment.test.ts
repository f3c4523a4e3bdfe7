/** From data as they lie to a running training: no JSON typed, and few clicks and keys. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RandomGenerator } from "../../src/network/weights/random";
import { writeImage } from "../support/study";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

/** More would be a form that one types JSON to avoid. */
const MOST = 25;

let editor: Editor;
let workbench: Workbench | undefined;
const folders: string[] = [];

beforeAll(async () => {
  editor = await startEditor({ settings: { "gyrus.openPanelOnTrain": false } });
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Equal scans of two people would be refused, and rightly. */
const noise = new RandomGenerator(1);
const ids = Array.from({ length: 24 }, (_, i) => String(i + 1).padStart(3, "0"));

/** Opens a workspace, and counts what is clicked and pressed in it. */
async function begin(name: string, write: (folder: string) => Promise<void>) {
  const workspace = mkdtempSync(join(tmpdir(), `gyrus ${name}-`));
  folders.push(workspace);
  await write(workspace);
  workbench = await editor.open(workspace);
  const window = workbench;
  await window.openGyrus();
  let count = 0;
  const title = window.page.locator(".quick-input-title");
  return {
    workspace,
    window,
    title,
    done: () => count,
    async click(target: Locator) {
      count++;
      await target.click();
    },
    async key(key: string) {
      count++;
      await window.page.keyboard.press(key);
    },
  };
}

type Person = Awaited<ReturnType<typeof begin>>;

/** A list in which several can be ticked, once it is there. */
async function ticked(window: Workbench, question: string): Promise<void> {
  await window.page.getByPlaceholder(question).waitFor();
  await window.page.locator(".quick-input-widget .monaco-list-row").first().waitFor();
}

/** What every data set has in common once its images and its table are chosen. */
async function goOn(person: Person, label: string, picture: string): Promise<void> {
  const { window } = person;
  await person.click(window.option(new RegExp(`^${label}, `)));
  await ticked(window, "Which values are classes?");
  await person.key("Enter");
  await person.click(window.option(/^5 folds and a test set/));
  await ticked(window, "In what are all sets alike, and who stays together?");
  await person.key("Enter");
  await window.option("Take these splits").waitFor();
  await window.webview().getByRole("heading", { name: "How alike the sets are" }).waitFor();
  await window
    .webview()
    .getByRole("row", { name: /Cohen's d/ })
    .first()
    .waitFor();
  await window.screenshot(pictureOf(picture));
  await person.key("Enter");
  await person.click(window.option(/^Conv4_FC3/));
  await window.page.locator(".quick-input-message").filter({ hasText: "Name of the experiment" }).waitFor();
  await person.key("Enter");
  await window.editorTab(/classification\.experiment\.json/).waitFor();
}

/** No error in the file that was written, and a training of it that goes. */
async function train(person: Person): Promise<void> {
  const { window, workspace } = person;
  const file = join(workspace, "classification.experiment.json");
  await window.page
    .getByText(/images to train \(/)
    .first()
    .waitFor();
  const errors = await window.host(async (api, path: string) => {
    const { uri } = await api.workspace.openTextDocument(path);
    return api.languages
      .getDiagnostics(uri)
      .filter(({ severity }) => severity === api.DiagnosticSeverity.Error)
      .map(({ message }) => message);
  }, file);
  expect(errors).toEqual([]);
  const row = window.view("Experiment Files").getByRole("treeitem", { name: "classification", exact: true });
  await window.pressInline(row, "Train");
  await window.treeItem(/^maps_classification, (epoch [1-9]|\d of 5|finished)/).waitFor({ timeout: 300_000 });
  expect(person.done() + 1).toBeLessThanOrEqual(MOST);
}

describe("a new experiment", () => {
  it("on a folder of files with the spreadsheet of another country", async () => {
    const person = await begin("folder", async (folder) => {
      for (const [i, id] of ids.entries())
        await writeImage(
          join(folder, "scans", `${id}_T1.nii.gz`),
          (voxel) => noise.uniform() + (voxel % 12 < 6 ? i % 2 : 0),
          [12, 14, 10],
        );
      const rows = ids.map(
        (id, i) =>
          `${id};${60 + (i % 7)},5;${i % 3 === 0 ? "m" : "w"};${i % 2 ? "krank" : "gesund"};${"NS"[i % 3] ?? "W"}`,
      );
      writeFileSync(
        join(folder, "Patienten.csv"),
        `Patient;Alter;Geschlecht;Gruppe;Site\r\n${rows.join("\r\n")}\r\n`,
      );
    });
    const { window } = person;
    await person.click(window.view().getByRole("button", { name: "New Experiment" }));
    await person.click(window.option(/^Classification/));
    await person.click(window.option(/24 images of 24 people/).first());
    await window.page.getByText(/24 images of 24 people: /).waitFor();
    await person.key("Enter");
    await person.click(window.option(/^Patienten\.csv/));
    await goOn(person, "Gruppe", "splits-of-a-folder");
    const json = JSON.parse(readFileSync(join(person.workspace, "classification.experiment.json"), "utf8"));
    expect(json).toMatchObject({
      images: { folder: "scans" },
      tsv_path: join("splits", "split", "5_fold"),
      n_splits: 5,
      diagnoses: ["gesund", "krank"],
    });
    await train(person);
  });

  it("on a BIDS without sessions", async () => {
    const person = await begin("bids", async (folder) => {
      const bids = join(folder, "bids");
      for (const [i, id] of ids.entries())
        await writeImage(
          join(bids, `sub-${id}`, "anat", `sub-${id}_T1w.nii.gz`),
          (voxel) => noise.uniform() + (voxel % 12 < 6 ? i % 2 : 0),
          [12, 14, 10],
        );
      mkdirSync(bids, { recursive: true });
      writeFileSync(join(bids, "dataset_description.json"), '{"Name": "study", "BIDSVersion": "1.10.0"}');
      const rows = ids.map(
        (id, i) => `sub-${id}\t${60 + (i % 7)}\t${i % 3 === 0 ? "M" : "F"}\t${i % 2 ? "patient" : "control"}`,
      );
      writeFileSync(join(bids, "participants.tsv"), `participant_id\tage\tsex\tgroup\n${rows.join("\n")}\n`);
    });
    const { window } = person;
    await person.click(window.view().getByRole("button", { name: "New Experiment" }));
    await person.click(window.option(/^Classification/));
    await person.click(window.option(/24 images of 24 people/).first());
    await person.click(window.option(/^participants\.tsv/));
    await goOn(person, "group", "splits-of-a-bids");
    await train(person);
  });

  it("whose splits are gone makes others from its file", async () => {
    if (workbench === undefined) return;
    const window = workbench;
    const workspace = folders.at(-1) ?? "";
    const file = join(workspace, "lost.experiment.json");
    const { images, preprocessing_dict } = JSON.parse(
      readFileSync(join(workspace, "classification.experiment.json"), "utf8"),
    );
    const json = { images, preprocessing_dict, tsv_path: "gone", label: "sex", diagnoses: ["patient"] };
    writeFileSync(file, JSON.stringify(json, undefined, 2));
    const fixes = await window.host(async (api, path: string) => {
      const document = await api.workspace.openTextDocument(path);
      await api.window.showTextDocument(document);
      const end = Date.now() + 60_000;
      for (;;) {
        const [problem] = api.languages
          .getDiagnostics(document.uri)
          .filter(({ message }) => /folder/.test(message));
        if (problem !== undefined) {
          const found = await api.commands.executeCommand<import("vscode").CodeAction[]>(
            "vscode.executeCodeActionProvider",
            document.uri,
            problem.range,
          );
          const fix = found.find(({ title }) => title.startsWith("Make the split here"));
          if (fix?.command !== undefined)
            void api.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
          return found.map(({ title }) => title);
        }
        if (Date.now() > end) return [];
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }, file);
    expect(fixes).toContain("Make the split here…");
    await window.option(/^participants\.tsv/).click();
    await window.option(/^group, /).click();
    await ticked(window, "Which values are classes?");
    await window.page.keyboard.press("Enter");
    await window.option(/^One split and a test set/).click();
    await ticked(window, "In what are all sets alike, and who stays together?");
    await window.page.keyboard.press("Enter");
    await window.option("Take these splits").click();
    const text = () =>
      window.host(async (api, path: string) => (await api.workspace.openTextDocument(path)).getText(), file);
    await expect.poll(async () => JSON.parse(await text()).tsv_path).toBe(join("splits_2", "split", "split"));
    expect(JSON.parse(await text())).toEqual({
      images,
      preprocessing_dict,
      tsv_path: join("splits_2", "split", "split"),
      diagnoses: ["control", "patient"],
    });
  });
});
