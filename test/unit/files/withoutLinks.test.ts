import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { linkAtomically } from "../../../src/files/atomicFile";
import { temporaryFolder } from "../../support/folder";

/** As on a memory card or a network drive: a file has one name. */
vi.mock("node:fs/promises", async (original) => ({
  ...(await original<object>()),
  link: () => Promise.reject(new Error("EPERM: operation not permitted, link")),
}));

it("copies where a file cannot have two names, and waits until the disk has the copy", async () => {
  const folder = temporaryFolder();
  const [source, file] = [join(folder, "source"), join(folder, "best", "model")];
  writeFileSync(source, "weights");
  const handle = await open(source);
  const sync = vi.spyOn(Object.getPrototypeOf(handle), "sync");
  await handle.close();
  await linkAtomically(source, file);
  expect(readFileSync(file, "utf8")).toBe("weights");
  expect(readdirSync(join(folder, "best"))).toEqual(["model"]);
  expect(sync).toHaveBeenCalledOnce();
});
