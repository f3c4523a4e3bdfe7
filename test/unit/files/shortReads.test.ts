import type * as fs from "node:fs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { readUtf8 } from "../../../src/files/reader";
import { temporaryFolder } from "../../support/folder";

/** As Linux with a file of more than 2 GiB, and some network drives: a read gives a part of what was asked for. */
const MOST_AT_ONCE = 1_000;

vi.mock("node:fs", async (original) => {
  const { promisify } = await import("node:util");
  const real = await original<typeof fs>();
  const readAll = promisify(real.read);
  const readPart = (file: number, buffer: Buffer, offset: number, length: number, position: number) =>
    readAll(file, buffer, offset, Math.min(length, MOST_AT_ONCE), position);
  return { ...real, read: Object.assign(() => {}, { [promisify.custom]: readPart }) };
});

it("reads a file to its end where the system gives it in pieces", async () => {
  const file = join(temporaryFolder(), "a.txt");
  const content = "0123456789".repeat(350);
  writeFileSync(file, content);
  expect(await readUtf8(file, "json")).toBe(content);
});
