/** What a person does with a training that has finished: answers for people set apart, and where in the images they come from. */
import { expect } from "vitest";
import type { Triple } from "../../../src/space/triple";
import type { Person } from "./experimentJourney";
import { pictureOf } from "./photographs";
import type { Workbench } from "./workbench";

/** Predicts the people set apart by what is offered first, and shows what speaks for `answer`. */
export async function predictAndExplain({ window }: Person, answer: RegExp, picture: string): Promise<void> {
  const row = window.treeItem(/^maps_classification, finished/);
  await row.waitFor({ timeout: 300_000 });
  // The images of the training come first, without a question for the pattern of their names; then its table of people set apart.
  const images = window.option(/as in the training/);
  await window.chooseAndAnswer(row, "Predict New Data", images);
  await window.page.keyboard.press("Enter");
  await window
    .option(/^test\.tsv/)
    .first()
    .waitFor();
  await window.page.keyboard.press("Enter");
  await window
    .webview()
    .getByRole("heading", { name: "test in maps_classification" })
    .waitFor({ timeout: 300_000 });
  await window.chooseFromMenu(row, "Explain Predictions");
  for (const asked of [/^test$/, /^gradients/, answer]) await window.option(asked).click();
  await window.editorTab(/^gradients-\S+ of test in maps_classification/).waitFor({ timeout: 300_000 });
  await window
    .webview()
    .getByRole("slider", { name: /^Axial plane/ })
    .waitFor();
  await window.screenshot(pictureOf(picture));
  await lookAtHead(window);
}

/** The mean of patients and others: its right half is the brighter one, and there is air below the nose. */
async function lookAtHead(window: Workbench): Promise<void> {
  const [right, left] = [await valueAt(window, [8, 6, 6]), await valueAt(window, [3, 6, 6])];
  expect(right).toBeGreaterThan(1.1 * left);
  const [nose, air] = [await valueAt(window, [6, 12, 5]), await valueAt(window, [6, 12, 1])];
  expect(nose).toBeGreaterThan(2 * air);
}

/** @param place millimetres to the right, forwards and upwards */
async function valueAt(window: Workbench, place: Triple): Promise<number> {
  const view = window.webview();
  const field = (axis: number) => view.getByLabel(`World ${"xyz"[axis]}, millimetres`);
  for (const [axis, at] of place.entries()) {
    await field(axis).fill(String(at));
    await field(axis).press("Enter");
    await expect.poll(async () => Math.abs(Number(await field(axis).inputValue()) - at)).toBeLessThan(1);
  }
  return Number(
    await view.getByRole("region", { name: "Position" }).getByRole("status").first().textContent(),
  );
}
