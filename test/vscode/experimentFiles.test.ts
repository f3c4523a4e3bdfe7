import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeMapsFixture } from "../support/mapsFixture";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let workbench: Workbench;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "gyrus files-"));
  // VS Code starts Gyrus where there is an experiment file, and not for whichever JSON.
  writeFileSync(join(workspace, "first.experiment.json"), "{}\n");
  editor = await startEditor();
  workbench = await editor.open(workspace);
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true });
});

/** Writes an experiment file and shows it. */
async function open(name: string, content: unknown): Promise<string> {
  const file = join(workspace, `${name}.experiment.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
  await show(file);
  return file;
}

const show = (file: string) =>
  workbench.host(async (api, path: string) => {
    await api.window.showTextDocument(api.Uri.file(path));
  }, file);

/** What the editor offers at a place (line and column from 0). */
const completions = (file: string, line: number, column: number) =>
  workbench.host(
    async (api, place: { path: string; line: number; column: number }) => {
      const list = await api.commands.executeCommand<import("vscode").CompletionList>(
        "vscode.executeCompletionItemProvider",
        api.Uri.file(place.path),
        new api.Position(place.line, place.column),
      );
      return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    },
    { path: file, line, column },
  );

/** What the editor says when `text` is pointed at. */
const hover = (file: string, text: string) =>
  workbench.host(
    async (api, { path, at }: { path: string; at: string }) => {
      const document = await api.workspace.openTextDocument(path);
      const hovers = await api.commands.executeCommand<import("vscode").Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        document.positionAt(document.getText().indexOf(at) + 1),
      );
      const contents = hovers.flatMap((shown) => shown.contents);
      return contents.map((content) => (typeof content === "string" ? content : content.value)).join("\n");
    },
    { path: file, at: text },
  );

/** What the editor says of a file, by the text that it underlines. */
const problems = (file: string) =>
  workbench.host(async (api, path: string) => {
    const document = await api.workspace.openTextDocument(path);
    return api.languages.getDiagnostics(document.uri).map(({ message, range, source, severity }) => ({
      at: document.getText(range),
      message,
      source,
      severity: api.DiagnosticSeverity[severity],
    }));
  }, file);

/** Titles of the quick fixes where `text` stands, and the text after the first of them that is called `wanted`. */
const fixes = (file: string, text: string, wanted = "") =>
  workbench.host(
    async (api, { path, at, title }: { path: string; at: string; title: string }) => {
      const document = await api.workspace.openTextDocument(path);
      const start = document.positionAt(document.getText().indexOf(at));
      const range = new api.Range(start, start);
      const actions = await api.commands.executeCommand<import("vscode").CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
      );
      const edit = actions.find((action) => action.title === title)?.edit;
      if (edit !== undefined) await api.workspace.applyEdit(edit);
      return { titles: actions.map((action) => action.title), text: document.getText() };
    },
    { path: file, at: text, title: wanted },
  );

describe("an experiment file in the editor", () => {
  it("starts Gyrus by being in the workspace", async () => {
    const isActive = () =>
      workbench.host((api) => api.extensions.getExtension("gyrus.gyrus")?.isActive ?? false);
    await expect.poll(isActive).toBe(true);
  });

  it("says which values cannot be: as errors, each once", async () => {
    const file = await open("schema", {
      caps_directory: "caps",
      tsv_path: "tsv",
      optimizer: "Adamm",
      epochs: 0,
    });
    await expect
      .poll(() => problems(file))
      .toEqual([
        expect.objectContaining({
          at: '"Adamm"',
          message: expect.stringContaining('Did you mean "Adam"?'),
          severity: "Error",
        }),
        expect.objectContaining({ at: "0", message: expect.stringContaining("above 0"), severity: "Error" }),
      ]);
    // VS Code may ask for fixes in a first file before it knows who offers some.
    await expect.poll(async () => (await fixes(file, '"Adamm"')).titles[0]).toBe('Set optimizer to "Adam"');
  });

  it("is told what nobody reads, and the name that was meant", async () => {
    const file = await open("key", { caps_directory: "caps", tsv_path: "tsv", learning_rat: 0.1 });
    await expect
      .poll(() => problems(file))
      .toContainEqual({
        at: '"learning_rat"',
        message: '"learning_rat" is not known and has no effect. Did you mean "learning_rate"?',
        source: "Gyrus",
        severity: "Warning",
      });
    const fixed = await fixes(file, '"learning_rat"', "Rename to learning_rate");
    expect(JSON.parse(fixed.text)).toHaveProperty("learning_rate", 0.1);
  });

  it("is told everything at once when it is opened, errors or not", async () => {
    const file = await open("several", {
      caps_directory: "caps",
      tsv_path: "tsv",
      epochs: 0,
      learning_rat: 1,
    });
    await expect
      .poll(() => problems(file))
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ at: "0" }),
          expect.objectContaining({ at: '"learning_rat"', source: "Gyrus" }),
        ]),
      );
  });

  it("is told that its CAPS and the source of its transfer are not there, with a way to choose another CAPS", async () => {
    mkdirSync(join(workspace, "empty split"));
    const file = await open("caps", {
      caps_directory: "nowhere",
      tsv_path: "empty split",
      transfer_path: "no maps",
    });
    const told = (at: string) => expect.objectContaining({ at, source: "Gyrus", severity: "Error" });
    await expect
      .poll(() => problems(file))
      .toEqual(expect.arrayContaining([told('"nowhere"'), told('"no maps"')]));
    expect((await fixes(file, '"nowhere"')).titles).toContain("Choose a folder for caps_directory…");
  });

  it("is told the columns that its tables have instead of the label", async () => {
    mkdirSync(join(workspace, "caps/subjects/sub-01/ses-M000"), { recursive: true });
    mkdirSync(join(workspace, "split"));
    const table = "participant_id\tsession_id\tdiagnosis\tsex\nsub-01\tses-M000\tAD\tF\n";
    for (const name of ["train", "train_baseline", "validation_baseline"]) {
      writeFileSync(join(workspace, `split/${name}.tsv`), table);
    }
    const file = await open("label", { caps_directory: "caps", tsv_path: "split", label: "gender" });
    await expect
      .poll(() => problems(file))
      .toContainEqual(
        expect.objectContaining({
          at: '"gender"',
          message: expect.stringContaining('column "gender" is missing'),
        }),
      );
    const fixed = await fixes(file, '"gender"', 'Set label to "sex"');
    expect(JSON.parse(fixed.text)).toHaveProperty("label", "sex");
  });

  it("is said nothing of once it is deleted, and again when it is back", async () => {
    const file = join(workspace, "first.experiment.json");
    await show(file);
    const told = () =>
      workbench.host((api, path: string) => api.languages.getDiagnostics(api.Uri.file(path)).length, file);
    await expect.poll(told).toBeGreaterThan(0);
    rmSync(file);
    await expect.poll(told).toBe(0);
    writeFileSync(file, "{}\n");
    await expect.poll(told).toBeGreaterThan(0);
  });

  it("can be trained, previewed and drawn from its first line and from the title of its editor", async () => {
    await open("lens", { caps_directory: "caps", tsv_path: "split" });
    for (const title of ["Train", "Preview Inputs", "Show Architecture"]) {
      await workbench.page.locator(".codelens-decoration").getByRole("button", { name: title }).waitFor();
      await workbench.page
        .locator(".editor-actions")
        .getByRole("button", { name: title, exact: true })
        .waitFor();
    }
    await workbench.screenshot(pictureOf("experiment-file"));
  });

  it("is told where it stops being JSON when it is shown as something else", async () => {
    const file = await open("comment", '{\n  // of the first cohort\n  "tsv_path": "split"\n}\n');
    await workbench.host(async (api, path: string) => {
      const document = await api.workspace.openTextDocument(path);
      await api.languages.setTextDocumentLanguage(document, "jsonc");
    }, file);
    await expect
      .poll(() => problems(file))
      .toContainEqual(
        expect.objectContaining({
          at: "// of the first cohort",
          message: expect.stringContaining("no comments"),
        }),
      );
  });

  it("explains keys and what their values lead to where they are pointed at", async () => {
    const file = await open("hover", { caps_directory: "caps", tsv_path: "split", optimizer: "SGD" });
    await expect.poll(() => hover(file, '"optimizer"')).toContain("Rule of the weight update");
  });

  it("explains and completes the keys of a normalisation by its own kind", async () => {
    const intensity = { kind: "percentile", low: 2 };
    const file = await open("normalisation", { caps_directory: "caps", tsv_path: "split", intensity });
    await expect.poll(() => hover(file, '"percentile"')).toContain("clipped to two percentiles");
    expect(await hover(file, '"low"')).toContain("below which values are clipped");
    const kinds = await open("kinds", '{\n  "intensity": {\n    "kind": \n  }\n}\n');
    expect(await completions(kinds, 2, 12)).toEqual(expect.arrayContaining(['"z-score"', '"histogram"']));
    const keys = await open("its keys", '{\n  "intensity": {\n    "kind": "z-score",\n    ""\n  }\n}\n');
    const offered = await completions(keys, 3, 5);
    expect(offered).toEqual(expect.arrayContaining(["over", "each"]));
    expect(offered).not.toContain("low");
  });

  it("completes keys and values with their documentation", async () => {
    const file = await open("completion", '{\n  "optimizer": \n}\n');
    expect(await completions(file, 1, 15)).toEqual(expect.arrayContaining(['"Adam"', '"SGD"', '"RAdam"']));
    const keys = await open("completion of keys", '{\n  "lear"\n}\n');
    expect(await completions(keys, 1, 7)).toContain("learning_rate");
  });
});

describe("the maps.json of a MAPS in the editor", () => {
  it("is explained, completed and checked as an experiment is, and opens its views", async () => {
    const maps = join(workspace, "maps_demo");
    writeMapsFixture(maps);
    const file = join(maps, "maps.json");
    const written = { ...JSON.parse(readFileSync(file, "utf8")), optimizer: "Adamm", ssda_network: false };
    writeFileSync(file, JSON.stringify(written, undefined, 2));
    await show(file);
    // What ClinicaDL alone writes is no problem.
    await expect
      .poll(() => problems(file))
      .toEqual([
        expect.objectContaining({ at: '"Adamm"', message: expect.stringContaining("not accepted") }),
      ]);
    expect(await hover(file, '"optimizer"')).toContain("Rule of the weight update");
    for (const title of ["Open Training Panel", "Show Architecture"]) {
      await workbench.page
        .locator(".editor-actions")
        .getByRole("button", { name: title, exact: true })
        .waitFor();
    }
  });
});
