/** The golden numbers from tables as they are written to disk: predictions of ClinicaDL's form, and a table of participants. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseRecords } from "../../../src/files/tsv";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { balanceOfNumbers, balanceOfValues } from "../../../src/statistics/groups/balance";
import { pearson } from "../../../src/statistics/regression/correlation";
import { meanAbsoluteErrorInterval } from "../../../src/statistics/regression/errors";
import { auc, macroAuc } from "../../../src/statistics/roc/auc";
import { oneAgainstRest } from "../../../src/statistics/roc/scored";
import { delongPaired } from "../../../src/statistics/tests/delong";
import { defined, expectAllNear, expectNear, expectP } from "../../support/expectFigure";
import { describeWithReference, reference } from "../../support/reference";

const FOLDER = "golden/i_tables";
const T = 1e-10;

const ofP = z.object({ p: z.number() });
const byGroup = z.record(z.string(), z.number());
const index = z.object({
  balance: z.array(
    z.object({
      file: z.string(),
      group_column: z.string(),
      n: byGroup,
      numeric: z.record(
        z.string(),
        z.object({
          n: byGroup,
          missing: byGroup,
          mean: byGroup,
          sd_ddof1: byGroup,
          median: byGroup,
          student: ofP.extend({ t: z.number() }),
          welch: ofP.extend({ t: z.number() }),
          cohens_d_pooled: z.number(),
          standardised_mean_difference: z.number(),
          anova: ofP.extend({ F: z.number() }),
          kruskal: ofP.extend({ H: z.number() }),
        }),
      ),
      categorical: z.record(
        z.string(),
        z.object({
          rows: z.array(z.string()),
          columns: z.array(z.string()),
          table: z.array(z.array(z.number())),
          missing: byGroup,
          yates: ofP.extend({ chi2: z.number() }),
          plain: ofP.extend({ chi2: z.number() }),
          smallest_expected: z.number(),
          cramers_v: z.number(),
        }),
      ),
    }),
  ),
});
const read = (file: string) => readFileSync(reference(file), "utf8");
const named = z.object({ name: z.string() });
const figuresOf = <Schema extends z.ZodType>(file: string, list: string, name: string, schema: Schema) => {
  const cases = z.record(z.string(), z.unknown()).parse(JSON.parse(read(file)))[list];
  const one = z
    .array(z.unknown())
    .parse(cases)
    .find((entry) => named.parse(entry).name === name);
  return schema.parse(one);
};

async function answersOf(name: string) {
  const file = reference(`${FOLDER}/${name}_image_level_prediction.tsv`);
  const table = await readPredictions(file, "classification");
  if (table.task !== "classification") throw new Error(table.task);
  return {
    truth: table.rows.map(({ trueLabel }) => trueLabel),
    probabilities: table.rows.map(({ probabilities }) => probabilities),
  };
}

describeWithReference(
  "golden numbers of tables on disk",
  [FOLDER, "golden/i_roc.json", "golden/i_tests.json"],
  () => {
    it.each(["n16_constant", "n15_no_positive", "n60_good", "n400_quantised"])(
      "two classes: %s",
      async (name) => {
        const { truth, probabilities } = await answersOf(`binary_${name}`);
        const expected = figuresOf(
          "golden/i_roc.json",
          "binary",
          name,
          z.object({ auc: z.number().nullable() }),
        );
        const found = auc(oneAgainstRest(truth, probabilities, 1));
        if (expected.auc === null) expect(found).toEqual({ undefinedBecause: "no-positives" });
        else expectNear(found, expected.auc, T);
      },
    );

    it.each(["k3_n120", "k3_n40_absent"])("three classes: %s", async (name) => {
      const schema = z.object({ auc_ovr_macro: z.number().nullable() });
      const expected = figuresOf("golden/i_roc.json", "multiclass", name, schema).auc_ovr_macro;
      const found = macroAuc(await answersOf(`multiclass_${name}`));
      if (expected === null) expect(found).toEqual({ undefinedBecause: "class-without-cases" });
      else expectNear(found, expected, T);
    });

    it("two models on the same people", async () => {
      const [first, second] = [await answersOf("pair_n120_1"), await answersOf("pair_n120_2")];
      expect(second.truth).toEqual(first.truth);
      const scores = [first, second].map(({ probabilities }) => probabilities.map((row) => row[1]!));
      const test = defined(
        delongPaired(
          first.truth.map((code) => code === 1),
          [scores[0]!, scores[1]!],
        ),
      );
      const expected = figuresOf(
        "golden/i_roc.json",
        "delong_paired",
        "n120",
        z.object({ p_two_sided: z.number() }),
      );
      expectP(test.p, expected.p_two_sided, T);
    });

    it.each(["age_n60", "constant_prediction"])("values: %s", async (name) => {
      const table = await readPredictions(
        reference(`${FOLDER}/regression_${name}_image_level_prediction.tsv`),
        "regression",
      );
      if (table.task !== "regression") throw new Error(table.task);
      const truth = table.rows.map(({ trueLabel }) => trueLabel);
      const predicted = table.rows.map(({ predictedLabel }) => predictedLabel);
      const schema = z.object({ mae: z.number(), pearson: z.object({ r: z.number() }).nullable() });
      const expected = figuresOf("golden/i_tests.json", "regression", name, schema);
      expectNear(defined(meanAbsoluteErrorInterval({ truth, predicted })).mean, expected.mae, T);
      const found = pearson(truth, predicted);
      if (expected.pearson === null) expect(found).toEqual({ undefinedBecause: "no-variance" });
      else expectNear(defined(found).coefficient, expected.pearson.r, T);
    });

    describe("how alike the groups of a table are", () => {
      const [balance] = index.parse(JSON.parse(read(`${FOLDER}/index.json`))).balance;
      const { rows } = parseRecords(read(`${FOLDER}/${balance!.file}`));
      const names = Object.keys(balance!.n);
      const groups = rows.map((row) => row[balance!.group_column]!);
      const cells = (column: string) => rows.map((row) => (row[column] === "n/a" ? "" : row[column]!));
      const inOrder = (values: z.infer<typeof byGroup>) => names.map((name) => values[name]!);

      it.each(Object.entries(balance!.numeric))("%s", (column, expected) => {
        const values = cells(column).map((cell) => (cell === "" ? Number.NaN : Number(cell)));
        const found = balanceOfNumbers(names, groups, values);
        expect(found.groups.map(({ known }) => known)).toEqual(inOrder(expected.n));
        expect(found.groups.map(({ missing }) => missing)).toEqual(inOrder(expected.missing));
        expectAllNear(
          found.groups.map(({ mean }) => mean),
          inOrder(expected.mean),
          T,
          "mean",
        );
        expectAllNear(
          found.groups.map(({ deviation }) => deviation),
          inOrder(expected.sd_ddof1),
          T,
          "deviation",
        );
        expectAllNear(
          found.groups.map(({ median }) => median),
          inOrder(expected.median),
          T,
          "median",
        );
        const pair = found.pair!;
        for (const [test, golden] of [
          [pair.student, expected.student],
          [pair.welch, expected.welch],
        ] as const) {
          expectNear(defined(test).t, golden.t, T);
          expectP(defined(test).p, golden.p, T);
        }
        expectNear(pair.cohensD, expected.cohens_d_pooled, T);
        expectNear(pair.standardisedDifference, expected.standardised_mean_difference, T);
        expectNear(defined(found.anova).f, expected.anova.F, T);
        expectP(defined(found.anova).p, expected.anova.p, T);
        expectNear(defined(found.kruskal).h, expected.kruskal.H, T);
        expectP(defined(found.kruskal).p, expected.kruskal.p, T);
      });

      it.each(Object.entries(balance!.categorical))("%s", (column, expected) => {
        const found = balanceOfValues(names, groups, cells(column));
        expect(names).toEqual(expected.rows);
        expect(found.values).toEqual(expected.columns);
        expect(found.table).toEqual(expected.table);
        expect(found.groups.map(({ missing }) => missing)).toEqual(inOrder(expected.missing));
        expectNear(defined(found.chiSquared).statistic, expected.plain.chi2, T);
        expectP(defined(found.chiSquared).p, expected.plain.p, T);
        expectNear(defined(found.yates).statistic, expected.yates.chi2, T);
        expectP(defined(found.yates).p, expected.yates.p, T);
        expectNear(found.smallestExpected, expected.smallest_expected, T);
        expectNear(found.cramersV, expected.cramers_v, T);
        expect(found.fisher === null).toBe(found.values.length !== 2);
      });
    });
  },
);
