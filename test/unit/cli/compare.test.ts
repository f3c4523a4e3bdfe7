import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { type AnsweredRow, peopleOf, writeAnsweredMaps } from "../../support/answeredMaps";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";

const TRUTH = [0, 0, 0, 0, 1, 1, 1, 1];
const GOOD = [0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1];
const POOR = [0.9, 0.3, 0.7, 0.2, 0.6, 0.55, 0.2, 0.1];

async function mapsWith(
  test: readonly AnsweredRow[],
  json: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const maps = temporaryFolder();
  await writeAnsweredMaps(maps, { groups: { test }, json });
  return maps;
}

/** Three folds of four people each, of which 8 others train. */
async function folded(areas: readonly (readonly number[])[]): Promise<string> {
  const maps = temporaryFolder();
  const folds = areas.map((first, split) => peopleOf([0, 0, 1, 1], first, `sub-${split}`));
  await writeAnsweredMaps(maps, { validation: folds });
  for (const split of folds.keys()) {
    const others = folds.flatMap((fold, i) => (i === split ? [] : fold));
    const rows = others.map(({ id }) => ({ participantId: id, sessionId: "ses-M000", cohort: "single" }));
    const group = { rows, label: null, capsDirectory: "caps", multiCohort: false };
    await writeGroup(mapsPlace(maps).group("train", split), group);
  }
  return maps;
}

describe("gyrus compare", () => {
  it("tests the same people pair by pair", async () => {
    const [good, poor] = [await mapsWith(peopleOf(TRUTH, GOOD)), await mapsWith(peopleOf(TRUTH, POOR))];
    const { group, comparisons } = resultOf((await gyrus("compare", good, poor, "--json")).printed);
    expect(group).toBe("test");
    expect(comparisons[0]).toMatchObject({ same: true, common: 8 });
    const [area, right] = comparisons[0].tests;
    // Areas 1 and 11.5/16 (a tie counts half); of eight people four are told right by the first one alone: exact p = 2 / 2^4.
    expect(area).toMatchObject({ test: "delong-paired", measure: "AUC" });
    expect(area.difference).toBeCloseTo(4.5 / 16, 12);
    expect(right).toMatchObject({ test: "mcnemar", difference: 0.5, p: 0.125 });
  });

  it("tests other people as two samples, and says on whom it compares where some are the same", async () => {
    const good = await mapsWith(peopleOf(TRUTH, GOOD));
    const others = await mapsWith(peopleOf(TRUTH, POOR, "other-"));
    const { printed } = await gyrus("compare", good, others);
    expect(printed).toContain("answered other people");
    expect(printed).toContain("DeLong, other people");
    expect(printed).toContain("8 against 8");
    // Right for 8 of 8 and for 4 of 8: Newcombe's interval, and Fisher's p of 8, 0 against 4, 4: 2 C(8, 4) C(8, 0) / C(16, 4).
    expect(printed).toMatch(/accuracy +0\.500 +0\.068 to 0\.785 +Fisher, exact +0\.077/);
    expect(printed).toMatch(/BA +0\.500 +0\.\d+ to 0\.\d+ +MOVER of Wilson's/);
    const { comparisons } = resultOf((await gyrus("compare", good, others, "--json")).printed);
    expect(comparisons[0]).toMatchObject({ common: 0, people: [8, 8], same: false });
    const some = await mapsWith(
      peopleOf(TRUTH.slice(1), POOR.slice(1)).map((row, i) => ({ ...row, id: `sub-000${i + 1}` })),
    );
    expect((await gyrus("compare", good, some)).printed).toContain(
      "compared on the 7 people whom both answered, of 8 and 7.",
    );
    const [overlap] = resultOf((await gyrus("compare", good, some, "--json")).printed).comparisons;
    expect(overlap).toMatchObject({ common: 7, people: [8, 7], same: false });
    expect(overlap.tests.map(({ test }: { readonly test: string }) => test)).toEqual([
      "delong-paired",
      "mcnemar",
    ]);
  });

  it("tests folds of the same people with the variance that they deserve", async () => {
    const first = await folded([
      [0.9, 0.8, 0.2, 0.1],
      [0.9, 0.8, 0.2, 0.1],
      [0.9, 0.3, 0.2, 0.1],
    ]);
    const second = await folded([
      [0.9, 0.15, 0.2, 0.1],
      [0.9, 0.8, 0.85, 0.1],
      [0.9, 0.05, 0.2, 0.1],
    ]);
    const { comparisons } = resultOf((await gyrus("compare", first, second, "--json")).printed);
    const t = comparisons[0].tests.find(
      (test: { readonly test: string; readonly measure: string }) =>
        test.test === "corrected-resampled-t" && test.measure === "AUC",
    );
    // Areas 1, 1, 1 and 0.75, 0.75, 0.5: differences 0.25, 0.25, 0.5; variance 1/48; t = (1/3) / sqrt((1/3 + 4/8) / 48), 2 degrees.
    expect(t.difference).toBeCloseTo(1 / 3, 12);
    const value = 1 / 3 / Math.sqrt((1 / 3 + 4 / 8) / 48);
    expect(t.p).toBeCloseTo(1 - value / Math.sqrt(2 + value ** 2), 12);
  });

  it("says why there is no test, and what of a table could not be read", async () => {
    const good = await mapsWith(peopleOf(TRUTH, GOOD));
    const lacking = await mapsWith(peopleOf(TRUTH, [Number.NaN, ...POOR.slice(1)]));
    const { printed } = await gyrus("compare", good, lacking);
    expect(printed).toMatch(/AUC .*DeLong, same people +not everybody's answer has probabilities/);
    const file = mapsPlace(lacking).split(0).best("BA").results("test").predictionTsv("image");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("sub-0003\tses-M000\t0\t0", "sub-0003\tses-M000\t0\t5"),
    );
    const refused = await gyrus("compare", good, lacking);
    expect(refused.exit).toBe(2);
    expect(refused.said).toContain("true_label is 5, which is none of the classes");
    expect(refused.said).toContain("There are no answers for test");
  });

  it("refuses what has no common scale, and gives Holm's p for several", async () => {
    const good = await mapsWith(peopleOf(TRUTH, GOOD));
    const three = temporaryFolder();
    const test = [{ id: "sub-0000", truth: 2, answers: [[0.1, 0.2, 0.7]] }];
    await writeAnsweredMaps(three, { classes: ["AD", "CN", "MCI"], groups: { test } });
    const refused = await gyrus("compare", good, three);
    expect(refused.exit).toBe(2);
    expect(refused.said).toContain("other classes");
    const poor = await mapsWith(peopleOf(TRUTH, POOR));
    const { printed } = await gyrus("compare", good, poor, poor);
    expect(printed).toContain("p (Holm)");
    expect(printed.match(/0\.250/g)?.length).toBeGreaterThanOrEqual(2);
  });
});
