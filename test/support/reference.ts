/**
 * Reference data made by PyTorch and ClinicaDL that is too large for the project: a folder `shared` beside it, or the one
 * that GYRUS_REFERENCE names. Tests that need it are skipped with a line that says so where it is absent.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe } from "vitest";

const folder = process.env.GYRUS_REFERENCE ?? resolve(import.meta.dirname, "../../../shared");

/** Path of a file or folder of the reference data. */
export const reference = (path: string) => resolve(folder, path);

/** `describe` for tests that read `paths` of the reference data. */
export function describeWithReference(name: string, paths: readonly string[], body: () => void): void {
  const missing = paths.filter((path) => !existsSync(reference(path)));
  if (missing.length === 0) describe(name, body);
  else describe.skip(`${name} (reference data absent: ${missing.join(", ")})`, body);
}
