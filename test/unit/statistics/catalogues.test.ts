/** A definition that stands in no table would be unknown to files, checks and views, and nobody would say so. */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { LOSSES } from "../../../src/statistics/losses/losses";
import { leadingMetrics, METRICS, selectableMetrics } from "../../../src/statistics/metrics/metrics";
import { TASK_NAMES } from "../../../src/statistics/task";

const statistics = resolve(import.meta.dirname, "../../../src/statistics");

/** What the files of `folder` export that has the key `mark`, by file and name. */
async function definitionsIn(folder: string, mark: string): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const file of readdirSync(resolve(statistics, folder))) {
    const exported: Record<string, unknown> = await import(resolve(statistics, folder, file));
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value === "object" && value !== null && mark in value) found.set(`${file} ${name}`, value);
    }
  }
  return found;
}

const tables: readonly (readonly [folder: string, mark: string, table: readonly unknown[]])[] = [
  ["metrics", "compute", METRICS],
  ["losses", "target", Object.values(LOSSES)],
];

it.each(tables)("every definition in %s stands in its table, and once", async (folder, mark, table) => {
  const definitions = await definitionsIn(folder, mark);
  const missing = [...definitions].flatMap(([name, one]) =>
    table.some((known) => known === one) ? [] : [name],
  );
  expect(missing).toEqual([]);
  expect(new Set(table).size).toBe(table.length);
  expect(definitions.size).toBe(table.length);
});

it.each(TASK_NAMES)("has one metric that leads %s, by which a best model can be chosen", (task) => {
  const [leading = "none", ...others] = leadingMetrics(task);
  expect(others).toEqual([]);
  expect(selectableMetrics(task)).toContain(leading);
  expect(leadingMetrics(null)).toContain(leading);
});

it("names no two metrics alike", () => {
  const names = METRICS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
