/** A person who comes with data and wants a training: what is clicked and pressed from an empty window on is counted. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Editor } from "./editor";
import { pictureOf } from "./photographs";
import type { Workbench } from "./workbench";

/** More would be a form that one types JSON to avoid. */
const MOST = 25;

export interface Person {
  readonly workspace: string;
  readonly window: Workbench;
  /** Clicks and keys so far. */
  done(): number;
  click(target: Locator): Promise<void>;
  key(key: string): Promise<void>;
}

/** Opens a workspace with what `write` puts into it. */
export async function begin(
  editor: Editor,
  name: string,
  write: (folder: string) => Promise<void>,
): Promise<Person> {
  const workspace = mkdtempSync(join(tmpdir(), `gyrus ${name}-`));
  await write(workspace);
  const window = await editor.open(workspace);
  await window.openGyrus();
  let count = 0;
  return {
    workspace,
    window,
    done: () => count,
    async click(target: Locator) {
      count++;
      // Where the pointer rests on a list that has changed under it, the hover of that row covers the ones below.
      await window.page.mouse.move(1300, 700);
      await target.click();
    },
    async key(key: string) {
      count++;
      await window.page.keyboard.press(key);
    },
  };
}

/** A classification, with the first images that match. */
export async function beginClassification(person: Person, images: RegExp): Promise<void> {
  const { window } = person;
  await person.click(window.view().getByRole("button", { name: "New Experiment" }));
  await person.click(window.option(/^Classification/));
  await person.click(window.option(images).first());
}

/** The table that tells of the people. It may stand among the images that were asked for before as well. */
export async function chooseLabels(person: Person, table: RegExp): Promise<void> {
  const { window } = person;
  await window.option("Browse for a table…").waitFor();
  await person.click(window.option(table));
}

/** A list in which several can be ticked, once it is there. */
export async function ticked(window: Workbench, question: string): Promise<void> {
  await window.page.getByPlaceholder(question).waitFor();
  await window.page.locator(".quick-input-widget .monaco-list-row").first().waitFor();
}

/** What every data set has in common once its images and its table are chosen; classes of `merged` become one. */
export async function goOn(
  person: Person,
  label: string,
  sets: RegExp,
  picture: string,
  merged: readonly string[] = [],
): Promise<void> {
  const { window } = person;
  await person.click(window.option(new RegExp(`^${label}, `)));
  await ticked(window, "Which values are classes?");
  await person.key("Enter");
  if (merged.length > 0) await merge(person, merged);
  await takeSplits(person, sets, picture);
  await nameIt(person);
}

async function merge(person: Person, values: readonly string[]): Promise<void> {
  const { window } = person;
  await window.option(/^3 classes, /).waitFor();
  for (const key of ["ArrowDown", "Enter"]) await person.key(key);
  await ticked(window, "Which of them are one class?");
  const row = (value: string) =>
    window.page.locator(".quick-input-widget").getByRole("checkbox", { name: new RegExp(`^${value}, `) });
  for (const value of values) await person.click(row(value));
  await person.key("Enter");
  await window.option(new RegExp(`^2 classes, .*${values.join(" \\+ ")} \\d+`)).waitFor();
  await window.screenshot(pictureOf("merged-classes"));
  await person.key("Enter");
}

/** Who trains, and a look at the sets. */
export async function takeSplits(person: Person, sets: RegExp, picture: string): Promise<void> {
  const { window } = person;
  await person.click(window.option(sets));
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
}

/** The network and the name of the file, which is then open. */
export async function nameIt(person: Person): Promise<void> {
  const { window } = person;
  await person.click(window.option(/^Conv4_FC3/));
  await window.page.locator(".quick-input-message").filter({ hasText: "Name of the experiment" }).waitFor();
  await person.key("Enter");
  await window.editorTab(/classification\.experiment\.json/).waitFor();
}

/** The file that the form has written. */
export const experimentOf = ({ workspace }: Person) => join(workspace, "classification.experiment.json");

/** No error in the file that was written, and a training of it that goes: after few clicks and keys. */
export async function train(person: Person): Promise<void> {
  const { window } = person;
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
  }, experimentOf(person));
  expect(errors).toEqual([]);
  const row = window.view("Experiment Files").getByRole("treeitem", { name: "classification", exact: true });
  await window.pressInline(row, "Train");
  await window.treeItem(/^maps_classification, (epoch [1-9]|\d of 5|finished)/).waitFor({ timeout: 300_000 });
  expect(person.done() + 1).toBeLessThanOrEqual(MOST);
}
