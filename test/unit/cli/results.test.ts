import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { peopleOf, writeAnsweredMaps } from "../../support/answeredMaps";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { describeWithReference, reference } from "../../support/reference";

const TRUTH = [0, 0, 0, 1, 1, 1];
const folds = [
  peopleOf(TRUTH, [0.9, 0.8, 0.4, 0.3, 0.2, 0.1], "sub-a"),
  peopleOf(TRUTH, [0.7, 0.6, 0.55, 0.65, 0.2, 0.1], "sub-b"),
];
const test = TRUTH.map((truth, i) => ({
  id: `sub-t${i}`,
  truth,
  answers: [
    [0.9, 0.8, 0.6, 0.7, 0.2, 0.1].map((p) => [p, 1 - p])[i]!,
    [0.9, 0.8, 0.6, 0.3, 0.2, 0.1].map((p) => [p, 1 - p])[i]!,
  ],
}));

interface AnswersReply {
  readonly id: string;
  readonly people: number;
  readonly threshold: { readonly value: number; readonly rule: string } | null;
  readonly measures: readonly { readonly name: string; readonly value: number | null }[];
  readonly folds: readonly { readonly name: string; readonly mean: number | null }[];
}
const answersOf = (reply: { readonly answers: readonly AnswersReply[] }, id: string) =>
  reply.answers.find((answers) => answers.id === id);
const valueNamed = (answers: AnswersReply | undefined, name: string) =>
  answers?.measures.find((measure) => measure.name === name)?.value;

describe("gyrus results", () => {
  it("says why a figure has no interval", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { groups: { test: peopleOf(TRUTH, [0.9, 0.9, 0.9, 0.1, 0.1, 0.1]) } });
    const { printed } = await gyrus("results", maps);
    expect(printed).toContain(
      "Without an interval: AP, F1_score, MCC (at 0 or 1 this interval does not exist), Brier, log_loss (the values do not vary).",
    );
  });

  it("says why a figure is missing, and of several sessions only where there are some", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, {
      groups: {
        test: [...peopleOf(TRUTH, [0.9, 0.8, 0.4, 0.3, Number.NaN, 0.1]), { ...test[0]!, truth: -1 }],
      },
    });
    const { printed } = await gyrus("results", maps);
    expect(printed).toContain("1 session without a label");
    expect(printed).toContain("The answers for 1 person have no probabilities, so that AUC,");
    expect(printed).not.toMatch(/^AUC /m);
    expect(printed).not.toContain("several sessions");
  });

  it("takes the group that nobody knows, and the ensemble of the splits for it", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { validation: folds, groups: { test } });
    const reply = resultOf((await gyrus("results", maps, "--json")).printed);
    expect(reply).toMatchObject({ group: "test", acquaintance: "unseen", headline: "ensemble/best-BA" });
    // Means 0.9, 0.8, 0.6 of AD against 0.5, 0.2, 0.1 of CN; alone the first network takes one CN for AD.
    expect(valueNamed(answersOf(reply, "ensemble/best-BA"), "AUC")).toBe(1);
    expect(valueNamed(answersOf(reply, "split-0/best-BA"), "AUC")).toBeCloseTo(8 / 9, 12);
  });

  it("tells the area of pooled folds from the mean of those of the folds, and what is optimistic", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { validation: folds, groups: { test } });
    const reply = resultOf((await gyrus("results", maps, "validation", "--json")).printed);
    const pooled = answersOf(reply, "pooled/best-BA");
    expect(pooled?.people).toBe(12);
    expect(valueNamed(pooled, "AUC")).toBeCloseTo(33 / 36, 12);
    expect(pooled?.folds.find(({ name }) => name === "AUC")?.mean).toBeCloseTo((1 + 7 / 9) / 2, 12);
    const { printed } = await gyrus("results", maps, "validation");
    expect(printed).toContain("optimistic");
    expect(printed).toContain("do not know that the folds' networks share most of their training people");
    expect(printed).toContain('"selection": "last"');
  });

  it("corrects ages of other people by the line of the validation set, and those of none of its own", async () => {
    const maps = temporaryFolder();
    // All lie on prediction = age / 2 + 36, those of the group 2 above it: 4 years too many once they are corrected.
    const aged = (id: string, truth: number, above = 0) => ({
      id,
      truth,
      answers: [[truth / 2 + 36 + above]],
    });
    const validation = [[60, 66, 70, 78].map((age, i) => aged(`sub-v${i}`, age))];
    const group = [62, 68, 74].map((age, i) => aged(`sub-t${i}`, age, 2));
    await writeAnsweredMaps(maps, { ages: true, metric: "loss", validation, groups: { test: group } });
    const reply = resultOf((await gyrus("results", maps, "test", "--json")).printed);
    const answers = answersOf(reply, "split-0/best-loss");
    expect(valueNamed(answers, "MAE_cole")).toBeCloseTo(4, 10);
    expect(valueNamed(answers, "gap_cole")).toBeCloseTo(4, 10);
    expect(valueNamed(answers, "gap_beheshti")).toBeCloseTo(2, 10);
    expect(valueNamed(answers, "r_gap_age")).toBeCloseTo(-1, 10);
    const own = resultOf((await gyrus("results", maps, "validation", "--json")).printed);
    expect(valueNamed(answersOf(own, "split-0/best-loss"), "MAE")).toBeGreaterThan(0);
    expect(valueNamed(answersOf(own, "split-0/best-loss"), "MAE_cole")).toBeUndefined();
  });

  it("keeps a threshold with the group, judges by it from then on, and forgets it", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { validation: folds, groups: { test } });
    const shown = async (...words: string[]) =>
      answersOf(
        resultOf((await gyrus("results", maps, "test", ...words, "--json")).printed),
        "ensemble/best-BA",
      );
    const answered = await shown();
    expect(answered?.threshold).toBeNull();
    const looked = await shown("--threshold", "youden");
    expect(await shown()).toEqual(answered);
    expect(await shown("--threshold", "youden", "--keep-threshold")).toEqual(looked);
    expect(await shown()).toEqual(looked);
    // Means 0.9, 0.8, 0.6 of AD and 0.5, 0.2, 0.1 of CN: at 0.4 one of CN is taken for AD.
    expect(valueNamed(looked, "specificity")).toBeCloseTo(2 / 3, 12);
    expect((await gyrus("results", maps, "test")).printed).toContain(
      "Youden's threshold on the validation set",
    );
    expect((await shown("--threshold", "answered"))?.threshold).toBeNull();
    const file = mapsPlace(maps).group("test").thresholdJson;
    expect(JSON.parse(readFileSync(file, "utf8")).thresholds).toContainEqual({
      answers: "ensemble/best-BA",
      splits: [0, 1],
      value: 0.4,
    });
    expect(await shown("--threshold", "answered", "--keep-threshold")).toEqual(answered);
    expect(existsSync(file)).toBe(false);
    expect((await gyrus("results", maps, "test", "--keep-threshold")).exit).toBe(2);
    writeFileSync(file, "{}");
    const { said } = await gyrus("results", maps, "test");
    expect(said).toContain("The threshold that was kept with these results cannot be read");
  });

  it("chooses a threshold on the validation set for others, and refuses to on its own people", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { validation: folds, groups: { test } });
    const reply = resultOf((await gyrus("results", maps, "test", "--threshold", "youden", "--json")).printed);
    expect(answersOf(reply, "ensemble/best-BA")?.threshold).toEqual({ value: 0.4, rule: "youden" });
    expect((await gyrus("results", maps, "validation", "--threshold", "youden")).said).toContain(
      "would flatter them",
    );
    expect((await gyrus("results", maps, "test", "--threshold", "2")).exit).toBe(2);
  });

  it("prints a row a figure, and names the groups that there are", async () => {
    const maps = temporaryFolder();
    await writeAnsweredMaps(maps, { validation: folds, groups: { test } });
    const { printed } = await gyrus("results", maps, "--tsv");
    expect(printed.split("\n")[0]?.split("\t")).toContain("undefined");
    expect(printed).toContain("test\tunseen\tensemble/best-BA\t6\tAUC\t\t1\t");
    const none = await gyrus("results", maps, "other");
    expect(none.said).toContain("test, validation");
    expect(none.exit).toBe(2);
  });
});

describeWithReference("gyrus results of a MAPS of ClinicaDL", ["reference/maps_image"], () => {
  // Areas by scikit-learn's roc_auc_score of the tables; people with two sessions have the mean of their probabilities.
  it.each([
    ["test", 6, 1],
    ["validation", 9, 1],
    ["train", 9, 1],
  ])("gives %s, of %d people, its area with an interval", async (group, people, area) => {
    const reply = resultOf(
      (await gyrus("results", reference("reference/maps_image"), group, "--json")).printed,
    );
    const answers = answersOf(reply, "split-0/best-loss");
    expect(answers?.people).toBe(people);
    expect(answers?.measures.find(({ name }) => name === "AUC")).toMatchObject({
      value: area,
      interval: { upper: 1, method: "newcombe-score" },
    });
  });
});
