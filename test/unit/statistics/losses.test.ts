import { describe, expect, expectTypeOf, it } from "vitest";
import { TASKS } from "../../../src/experiment/tasks";
import {
  CLASS_LOSSES,
  LOSS_NAMES,
  LOSS_OPTIONS,
  LOSSES,
  lossesOf,
  type ObjectiveData,
  type ObjectiveOf,
  VALUE_LOSSES,
  valueObjective,
} from "../../../src/statistics/losses/losses";
import type { ReconstructionMetrics } from "../../../src/statistics/metrics/compute";
import type { MetricOf, SelectionMetric } from "../../../src/statistics/metrics/metrics";
import { TASK_NAMES } from "../../../src/statistics/task";
import { lossCases } from "../../support/engineSuite/lossCases";

describe("the losses", () => {
  it("of each task are those that can be compared with its targets; the usual one is among them", () => {
    const among = (names: object) => LOSS_NAMES.filter((name) => name in names);
    expect(lossesOf("classification")).toEqual(among(CLASS_LOSSES));
    for (const task of ["regression", "reconstruction"] as const)
      expect(lossesOf(task)).toEqual(among(VALUE_LOSSES).filter((name) => LOSSES[name].tasks.includes(task)));
    for (const task of TASK_NAMES) expect(lossesOf(task)).toContain(TASKS[task].loss);
  });

  it("each say what they measure, and every option is one loss's", () => {
    expect(LOSS_NAMES.filter((name) => LOSSES[name].text === "")).toEqual([]);
    const names = LOSS_OPTIONS.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["beta", "delta"]));
    expect(new Set(names).size).toBe(names.length);
  });

  it("each have PyTorch's numbers, with which both engines are compared (test/fixtures/engine/layers.py)", () => {
    expect(new Set(lossCases.map(({ objective }) => objective.loss))).toEqual(new Set(LOSS_NAMES));
  });

  it.each([
    ["MSELoss", {}, [0.25, 4, 0]],
    ["L1Loss", {}, [0.5, 2, 0]],
    ["SmoothL1Loss", { beta: 1 }, [0.125, 1.5, 0]],
    ["SmoothL1Loss", { beta: 0.5 }, [0.25, 1.75, 0]],
    ["HuberLoss", { delta: 1 }, [0.125, 1.5, 0]],
    ["HuberLoss", { delta: 0.5 }, [0.125, 0.875, 0]],
  ] as const)("%s %j of the errors -0.5, 2 and 0", (name, options, expected) => {
    expect([-0.5, 2, 0].map((error) => VALUE_LOSSES[name].ofElement(error, options))).toEqual(expected);
  });

  it("decode logits as probabilities, however large they are", () => {
    const probabilities = CLASS_LOSSES.CrossEntropyLoss.decode(Float32Array.of(1000, 1000));
    expect(probabilities).toEqual([0.5, 0.5]);
    expect(CLASS_LOSSES.CrossEntropyLoss.ofSample(Float32Array.of(1000, 1000), 1)).toBeCloseTo(
      Math.log(2),
      12,
    );
  });

  it("have their options by name, and PyTorch's defaults", () => {
    expect(valueObjective("SmoothL1Loss")).toEqual({ loss: "SmoothL1Loss", beta: 1 });
    expect(valueObjective("HuberLoss", { beta: 3, delta: 2 })).toEqual({ loss: "HuberLoss", delta: 2 });
  });
});

describe("names are literal, so that a misspelt one does not compile", () => {
  it("of losses and their options", () => {
    expectTypeOf<ObjectiveOf<"HuberLoss">>().toEqualTypeOf<
      { readonly loss: "HuberLoss" } & { readonly delta: number }
    >();
    // @ts-expect-error a loss that there is not
    const misspelt: ObjectiveData = { loss: "HubberLoss", delta: 1 };
    // @ts-expect-error the option of another loss
    const beta: ObjectiveData = { loss: "HuberLoss", beta: 1 };
    // @ts-expect-error its option is missing
    const bare: ObjectiveData = { loss: "SmoothL1Loss" };
    expect([misspelt, beta, bare]).toHaveLength(3);
  });

  it("of metrics", () => {
    expectTypeOf<MetricOf<"regression">["name"]>().toEqualTypeOf<"R2_score" | "MAE" | "RMSE">();
    expectTypeOf<keyof ReconstructionMetrics>().toEqualTypeOf<"MAE" | "RMSE" | "PSNR" | "SSIM">();
    expectTypeOf<"LR_plus">().not.toExtend<SelectionMetric>();
    expectTypeOf<"loss" | "BA" | "SSIM">().toExtend<SelectionMetric>();
  });
});
