/** The losses on a device, against their formulas in double precision: what the suite of all engines does not ask. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { recordLoss } from "../../../../src/engine/webgpu/losses";
import { Pass } from "../../../../src/engine/webgpu/pass";
import type { ObjectiveData } from "../../../../src/statistics/losses/losses";
import { spread } from "../../../support/engineSuite/layerCases";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runTape } from "../../../support/webgpu/deviceTape";

const numbers = (count: number, salt: number, low = -3, high = 3) =>
  Float32Array.from(spread(count, salt, low, high));

describe.skipIf(!hasSoftwareCard)("losses on a device", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  async function run(
    objective: ObjectiveData,
    shape: readonly number[],
    output: Float32Array,
    target: Float32Array | Uint32Array,
  ) {
    const { results } = await runTape(
      open.device,
      (tape) => {
        const pass = new Pass(tape, {
          mode: "training",
          form: "plain",
          trainable: new Set(),
          answeredPools: new Set(),
        });
        const codes = target instanceof Uint32Array;
        const targets = tape.own("target", codes ? [shape[0]!] : shape, codes ? "u32" : "f32");
        const { value, gradient } = recordLoss(
          objective,
          tape.own("output", shape),
          targets,
          pass,
          new Map(),
        );
        return { value, gradient };
      },
      { own: { output, target } },
    );
    return { loss: results.value![0]!, gradient: results.gradient! };
  }

  const ofValues: readonly {
    readonly objective: ObjectiveData;
    readonly value: (e: number) => number;
    readonly slope: (e: number) => number;
  }[] = [
    { objective: { loss: "MSELoss" }, value: (e) => e * e, slope: (e) => 2 * e },
    { objective: { loss: "L1Loss" }, value: Math.abs, slope: Math.sign },
    {
      objective: { loss: "SmoothL1Loss", beta: 0.7 },
      value: (e) => (Math.abs(e) < 0.7 ? (e * e) / 1.4 : Math.abs(e) - 0.35),
      slope: (e) => (Math.abs(e) < 0.7 ? e / 0.7 : Math.sign(e)),
    },
    {
      objective: { loss: "HuberLoss", delta: 1.3 },
      value: (e) => (Math.abs(e) <= 1.3 ? (e * e) / 2 : 1.3 * (Math.abs(e) - 0.65)),
      slope: (e) => (Math.abs(e) <= 1.3 ? e : 1.3 * Math.sign(e)),
    },
  ];

  it.each(ofValues)(
    "$objective.loss is the mean over however many values",
    async ({ objective, value, slope }) => {
      for (const shape of [
        [1, 1],
        [3, 5],
        [1, 4096],
        [2, 3, 97, 61, 11],
      ]) {
        const count = shape.reduce((a, b) => a * b);
        const [output, target] = [numbers(count, 3), numbers(count, 5)];
        const { loss, gradient } = await run(objective, shape, output, target);
        const errors = Float32Array.from(output, (each, index) => each - target[index]!);
        const mean = errors.reduce((sum, e) => sum + value(e), 0) / count;
        expect(Math.abs(loss / mean - 1), `${shape}`).toBeLessThan(5e-7);
        const worst = errors.reduce(
          (most, e, index) => Math.max(most, Math.abs(gradient[index]! * count - slope(e))),
          0,
        );
        expect(worst, `${shape}`).toBeLessThan(2e-6);
      }
    },
  );

  it.each(ofValues)("$objective.loss is exact for millions of equal errors", async ({ objective, value }) => {
    const shape = [2, 1, 96, 104, 89];
    const count = shape.reduce((a, b) => a * b);
    const { loss } = await run(objective, shape, new Float32Array(count).fill(0.1), new Float32Array(count));
    expect(Math.abs(loss / value(Math.fround(0.1)) - 1)).toBeLessThan(3e-7);
  });

  it.each(ofValues)(
    "$objective.loss is NaN where one value is, and so is its gradient there alone",
    async ({ objective }) => {
      const output = numbers(6000, 3);
      output[4500] = Number.NaN;
      const { loss, gradient } = await run(objective, [2, 3000], output, numbers(6000, 5));
      expect(loss).toBeNaN();
      expect([...gradient].flatMap((each, index) => (Number.isNaN(each) ? [index] : []))).toEqual([4500]);
    },
  );

  it("tells elements apart beyond 2^24, where float32 skips whole numbers", async () => {
    const count = 2 ** 24 + 7;
    const output = new Float32Array(count);
    const last = [1, 2, 3, 4, 5, 6, 7, 8];
    last.forEach((value, place) => {
      output[count - last.length + place] = value;
    });
    const { loss, gradient } = await run({ loss: "MSELoss" }, [1, count], output, new Float32Array(count));
    expect(loss * count).toBeCloseTo(204, 3);
    const slopes = [...gradient.subarray(count - last.length - 1)].map((slope) => (slope * count) / 2);
    expect(slopes.map((slope) => Math.round(slope * 1e4) / 1e4)).toEqual([0, ...last]);
  });

  describe("CrossEntropyLoss", () => {
    const reference = (
      logits: Float32Array,
      codes: Uint32Array,
      classes: number,
      weights?: readonly number[],
    ) => {
      const all = codes.reduce((sum, code) => sum + (weights?.[code] ?? 1), 0);
      let loss = 0;
      const gradient = Float64Array.from(logits);
      codes.forEach((code, sample) => {
        const row = Array.from(logits.subarray(sample * classes, (sample + 1) * classes));
        const most = Math.max(...row);
        const logarithm = most + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
        const share = (weights?.[code] ?? 1) / all;
        loss += share * (logarithm - row[code]!);
        row.forEach((logit, k) => {
          gradient[sample * classes + k] = share * (Math.exp(logit - logarithm) - (k === code ? 1 : 0));
        });
      });
      return { loss, gradient };
    };

    it.each([
      { samples: 1, classes: 2 },
      { samples: 5, classes: 3, classWeights: [0.2, 3, 1.5] },
      { samples: 1000, classes: 20, classWeights: Array.from({ length: 20 }, (_, k) => 1 / (k + 1)) },
    ])("of $samples samples and $classes classes", async ({ samples, classes, classWeights }) => {
      const logits = numbers(samples * classes, 7, -30, 30);
      const codes = Uint32Array.from({ length: samples }, (_, sample) => (sample * 7) % classes);
      const objective = { loss: "CrossEntropyLoss", classes, ...(classWeights && { classWeights }) } as const;
      const { loss, gradient } = await run(objective, [samples, classes], logits, codes);
      const wanted = reference(logits, codes, classes, classWeights);
      expect(Math.abs(loss - wanted.loss)).toBeLessThan(1e-6 * wanted.loss);
      const worst = wanted.gradient.reduce(
        (most, each, index) => Math.max(most, Math.abs(gradient[index]! - each)),
        0,
      );
      expect(worst * samples).toBeLessThan(5e-6);
    });

    it("stays finite for logits that are far apart", async () => {
      const logits = Float32Array.of(1e30, -1e30, 300, -300, -1e4, 0);
      const { loss, gradient } = await run(
        { loss: "CrossEntropyLoss", classes: 2 },
        [3, 2],
        logits,
        Uint32Array.of(0, 1, 1),
      );
      expect(loss).toBeCloseTo(200, 4);
      expect([...gradient].map((each) => Math.round(each * 3))).toEqual([0, 0, 1, -1, 0, 0]);
    });

    it("is NaN where one logit is, and so is the gradient of its sample alone", async () => {
      const logits = Float32Array.of(1, 2, 3, 4, Number.NaN, 6, 7, 8, 9);
      const { loss, gradient } = await run(
        { loss: "CrossEntropyLoss", classes: 3 },
        [3, 3],
        logits,
        Uint32Array.of(0, 1, 2),
      );
      expect(loss).toBeNaN();
      expect([...gradient].map(Number.isNaN)).toEqual([
        false,
        false,
        false,
        true,
        true,
        true,
        false,
        false,
        false,
      ]);
    });
  });
});
