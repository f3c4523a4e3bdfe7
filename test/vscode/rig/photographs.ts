/** Pictures that tests take, to be looked at. */
import { join } from "node:path";
import { afterEach } from "vitest";
import { cacheFolder } from "../../support/packageCache";
import type { Workbench } from "./workbench";

/** Where a picture goes that a test takes. */
export const pictureOf = (name: string) => join(cacheFolder, "pictures", `${name}.png`);

/** Keeps a picture of the window as it was when a test failed. */
export function photographFailures(window: () => Workbench | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const name = `failed ${task.name}`.replaceAll(/[^\w ]/g, "").slice(0, 80);
    await window()?.screenshot(pictureOf(name));
  });
}
