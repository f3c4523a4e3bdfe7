import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { OPTIMIZER_NAMES, OPTIMIZERS } from "../../../src/optimizer/optimizers";

const resolved = (optimizer: string | undefined, optimizer_settings?: unknown) =>
  resolveExperiment(
    {
      caps_directory: "caps",
      tsv_path: "tsv/split",
      ...(optimizer && { optimizer }),
      ...(optimizer_settings !== undefined && { optimizer_settings }),
    },
    "/study/ad.experiment.json",
  );
const settingsOf = (optimizer: string | undefined, given?: unknown) =>
  resolved(optimizer, given).experiment?.optimizer_settings;
const problemsOf = (optimizer: string | undefined, given: unknown) =>
  resolved(optimizer, given).problems.map(
    ({ severity, where, message, remedy }) => `${severity} ${where}: ${message} ${remedy}`,
  );

describe("optimizer_settings", () => {
  it("has PyTorch's defaults where nothing is given", () => {
    expect(settingsOf(undefined)).toEqual({ betas: [0.9, 0.999], eps: 1e-8, amsgrad: false });
    expect(settingsOf("SGD", {})).toEqual({ momentum: 0, dampening: 0, nesterov: false });
  });

  it("takes the hyperparameters of the optimizer, the others keep their defaults", () => {
    expect(settingsOf("SGD", { momentum: 0.9, nesterov: true })).toEqual({
      momentum: 0.9,
      dampening: 0,
      nesterov: true,
    });
    expect(settingsOf("NAdam", { betas: [0.8, 0.9] })).toEqual({
      betas: [0.8, 0.9],
      eps: 1e-8,
      momentum_decay: 0.004,
    });
  });

  it.each(OPTIMIZER_NAMES)("gives back what it has written into maps.json: %s", (name) => {
    const settings = settingsOf(name);
    expect(Object.keys(settings ?? {})).toEqual(Object.keys(OPTIMIZERS[name].hyperparameters));
    expect(settingsOf(name, JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it("refuses what the optimizer does not have, and says what it has", () => {
    expect(problemsOf("Adam", { momentum: 0.9 })).toEqual([
      'error optimizer_settings.momentum: Adam has no setting "momentum". It has betas, eps, amsgrad.',
    ]);
    expect(problemsOf("SGD", { momentun: 0.9 })).toEqual([
      'error optimizer_settings.momentun: SGD has no setting "momentun". It has momentum, dampening, nesterov. Did you mean "momentum"?',
    ]);
  });

  it("refuses values out of their bounds", () => {
    expect(problemsOf("Adam", { betas: [0.9, 1], eps: "small" })).toEqual([
      'error optimizer_settings.betas.1: "optimizer_settings.betas.1" is 1. It must be below 1.',
      'error optimizer_settings.eps: "optimizer_settings.eps" is "small". It must be a number.',
    ]);
    expect(problemsOf("RMSprop", { alpha: 1.5 })).toEqual([
      'error optimizer_settings.alpha: "optimizer_settings.alpha" is 1.5. It must be at most 1.',
    ]);
    expect(problemsOf("SGD", 0.9)).toEqual([
      'error optimizer_settings: "optimizer_settings" is 0.9. It must be an object.',
    ]);
  });

  it("refuses values that do not go together, as PyTorch does", () => {
    expect(problemsOf("SGD", { nesterov: true })).toEqual([
      "error optimizer_settings: The settings of SGD do not fit together: nesterov needs a momentum above 0 and a dampening of 0. Correct one of them.",
    ]);
    expect(settingsOf("SGD", { nesterov: true })).toBeUndefined();
    expect(problemsOf("SGD", { nesterov: true, momentum: 0.9, dampening: 0.1 })).toHaveLength(1);
  });

  it("says everything at once, beside what is wrong elsewhere", () => {
    const { problems } = resolveExperiment(
      { caps_directory: "caps", optimizer: "SGD", optimizer_settings: { rho: 1 } },
      "/study/ad.experiment.json",
    );
    expect(problems.map(({ where }) => where)).toEqual(["optimizer_settings.rho", "tsv_path"]);
  });
});
