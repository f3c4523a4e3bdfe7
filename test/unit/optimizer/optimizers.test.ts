import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Bounds } from "../../../src/optimizer/hyperparameter";
import { completeSettings, OPTIMIZER_NAMES, OPTIMIZERS, ruleOf } from "../../../src/optimizer/optimizers";

const folder = resolve(import.meta.dirname, "../../../src/optimizer");

describe("the table of optimizers", () => {
  it("has every optimizer that there is a file of", async () => {
    const files = readdirSync(folder).filter((file) =>
      readFileSync(resolve(folder, file), "utf8").includes("= defineOptimizer({"),
    );
    const modules: Record<string, unknown>[] = await Promise.all(
      files.map((file) => import(resolve(folder, file))),
    );
    const listed = new Set<unknown>(Object.values(OPTIMIZERS));
    expect(files).toHaveLength(OPTIMIZER_NAMES.length);
    modules.forEach((module, i) => {
      expect(
        Object.values(module).some((value) => listed.has(value)),
        files[i],
      ).toBe(true);
    });
  });

  const within = (value: number, { least, most, below }: Bounds): boolean =>
    value >= (least ?? value) && value <= (most ?? value) && (below === undefined || value < below);

  it.each(OPTIMIZER_NAMES)("has defaults of %s that it would accept itself", (name) => {
    const { hyperparameters, conflict, text } = OPTIMIZERS[name];
    for (const [key, known] of Object.entries(hyperparameters)) {
      if (known.kind === "flag") continue;
      for (const value of [known.default].flat()) expect(within(value, known.bounds), key).toBe(true);
    }
    expect(conflict?.arises(completeSettings(name)) ?? false).toBe(false);
    expect(text).toMatch(/\.$/);
  });
});

describe("completeSettings", () => {
  it("refuses what the optimizer does not have", () => {
    expect(() => completeSettings("Adam", { momentum: 0.9, rho: 1 })).toThrow("Adam has no momentum, rho");
  });
});

describe("what is kept of a parameter", () => {
  it.each([
    ["SGD", {}, []],
    ["SGD", { momentum: 0.9 }, ["momentum_buffer"]],
    ["RMSprop", {}, ["square_avg"]],
    ["RMSprop", { centered: true, momentum: 0.9 }, ["square_avg", "momentum_buffer", "grad_avg"]],
    ["AdamW", { amsgrad: true }, ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"]],
  ] as const)("%s with %j keeps %j", (name, settings, moments) => {
    expect(Object.keys(ruleOf(name, settings).moments)).toEqual(moments);
  });

  it("begins where Adagrad's accumulator is told to", () => {
    expect(ruleOf("Adagrad", { initial_accumulator_value: 0.5 }).moments).toEqual({ sum: 0.5 });
  });
});
