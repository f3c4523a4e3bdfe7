import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { experimentReference } from "../../../scripts/experimentReference";
import { experimentSchema } from "../../../src/experiment/schema/schema";

it("docs/experiment.md is what the schema says: `npm run docs` writes it", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../../docs/experiment.md"), "utf8");
  expect(page).toBe(experimentReference());
});

it("explains every key", () => {
  for (const [key, { description }] of Object.entries(experimentSchema.shape)) {
    expect(description, key).toBeTruthy();
  }
});
