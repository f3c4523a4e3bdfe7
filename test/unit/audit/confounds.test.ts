import { describe, expect, it } from "vitest";
import { confounds } from "../../../src/audit/checks/confounds";
import type { Scan } from "../../../src/audit/study";
import { RandomGenerator } from "../../../src/network/weights/random";
import { scanOf, studyOf } from "../../support/studyOf";

const experiment = { network_task: "classification", label: "diagnosis" };
const found = (scans: readonly Scan[], changes = {}) =>
  confounds.find(studyOf(scans, { ...experiment, ...changes }));
/** Standard deviation of 0 to 7. */
const SPREAD = Math.sqrt(6);
const labelOf = (i: number) => (i % 2 === 0 ? "AD" : "CN");
const people = (count: number, columns: (i: number) => Readonly<Record<string, string>>) =>
  Array.from({ length: count }, (_, i) => scanOf(`sub-${i}`, { label: labelOf(i), columns: columns(i) }));

describe("confounds", () => {
  it("finds nothing where age, sex, site and scanner are those of both classes", () => {
    const random = new RandomGenerator(2);
    const scans = people(60, () => ({
      age: (70 + 6 * random.normal()).toFixed(1),
      sex: random.uniform() < 0.5 ? "F" : "male",
      site: `site ${random.integer(4)}`,
      MagneticFieldStrength: random.uniform() < 0.3 ? "1.5" : "3",
      DeviceSerialNumber: String(random.integer(1_000_000)),
    }));
    expect(found(scans)).toEqual([]);
  });

  it("finds a class that follows age", () => {
    const random = new RandomGenerator(2);
    const scans = people(40, (i) => ({
      age: String(Math.round(70 + (i % 2 === 0 ? 10 : 0) + 6 * random.normal())),
    }));
    const [problem] = found(scans);
    expect(problem).toMatchObject({ code: "audit.class-by-number", severity: "warning" });
    expect(problem?.said.values).toMatchObject({ trait: "age", one: "AD", other: "CN", people: 40 });
  });

  it("finds a class that follows an age that does not vary within it", () => {
    const [problem] = found(people(20, (i) => ({ age: i % 2 === 0 ? "80" : "60" })));
    expect(problem).toMatchObject({ code: "audit.class-by-number", severity: "warning" });
    expect(problem?.said.values).toMatchObject({ delta: "1.00", accuracy: "1.00" });
  });

  it("asks of each person at the first session, whatever its name", () => {
    const sessions = people(20, () => ({ age: "70" })).flatMap((scan, i) => [
      { ...scan, sessionId: "ses-2", columns: { age: String(60 + (i >> 1)) } },
      { ...scan, sessionId: "ses-10", columns: { age: i % 2 === 0 ? "90" : "61" } },
    ]);
    expect(found(sessions)).toEqual([]);
  });

  it("finds a class that follows the site, with who is where", () => {
    const scans = people(20, (i) => ({ site: i % 2 === 0 && i > 2 ? "Lyon" : "Paris" }));
    const [problem, ...others] = found(scans);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "audit.class-by-value", severity: "warning" });
    expect(problem?.said.values).toMatchObject({
      trait: "site",
      accuracy: "0.90",
      people: 20,
      counts: "Paris: 2 AD, 10 CN; Lyon: 8 AD, 0 CN",
    });
  });

  it.each([
    ["sex", (i: number) => (i % 2 === 0 ? "f" : "MALE")],
    ["MagneticFieldStrength", (i: number) => (i % 2 === 0 ? "1.5" : "3")],
    ["ManufacturersModelName", (i: number) => (i % 2 === 0 ? "Trio" : "Achieva")],
  ])("finds a class that follows %s", (column, value) => {
    expect(found(people(12, (i) => ({ [column]: value(i) }))).map(({ said }) => said.values.trait)).toEqual([
      column,
    ]);
  });

  it("finds a class that follows the cohort", () => {
    const scans = people(12, () => ({})).map((scan, i) => ({
      ...scan,
      cohort: i % 2 === 0 ? "ADNI" : "AIBL",
    }));
    expect(found(scans).map(({ said }) => said.values.trait)).toEqual(["cohort"]);
  });

  it("tells of a medium effect as of a notice", () => {
    const scans = people(200, (i) => ({ site: i % 20 < (i % 2 === 0 ? 13 : 6) ? "Lyon" : "Paris" }));
    expect(found(scans)).toMatchObject([{ code: "audit.class-by-value", severity: "notice" }]);
  });

  it.each([
    // Chi-squared 8.57 and 10.77 with one degree of freedom: p = 0.0034 and 0.0010. The effect is large in both.
    ["is silent about a category", (i: number) => (i < 6 ? "Lyon" : "Paris"), 0],
    ["tells of a category", (i: number) => (i < 7 ? "Lyon" : "Paris"), 1],
  ])("%s where chance would do it once in 370 studies or more often, and not else", (_, siteOf, told) => {
    // Of 10 patients 6 or 7 come from Lyon, of 10 controls none.
    const scans = people(20, (i) => ({ site: i % 2 === 0 ? siteOf(i / 2) : "Paris" }));
    expect(found(scans)).toHaveLength(told);
  });

  it("holds an age to the same rule", () => {
    // Two groups of 8 whose means are d standard deviations apart: d / error = 2.7 and 3.3.
    const ages = (d: number) =>
      people(16, (i) => ({ age: String(70 + (i >> 1) + (i % 2 === 0 ? d : 0) * SPREAD) }));
    expect(found(ages(1.35))).toEqual([]);
    expect(found(ages(1.65))).toHaveLength(1);
  });

  it("counts a person once, takes what is not known as nothing, and does not compare the label with itself", () => {
    const visits = people(4, (i) => ({ site: labelOf(i) })).flatMap((scan) =>
      ["ses-M000", "ses-M006", "ses-M012", "ses-M018", "ses-M024"].map((sessionId) => ({
        ...scan,
        sessionId,
      })),
    );
    expect(found(visits)).toEqual([]);
    expect(
      found(people(20, (i): Readonly<Record<string, string>> => (i % 2 === 0 ? { site: "Lyon" } : {}))),
    ).toEqual([]);
    const sexes = people(20, (i) => ({ sex: i % 2 === 0 ? "F" : "M" })).map((scan) => ({
      ...scan,
      label: scan.columns.sex ?? "",
    }));
    expect(found(sexes, { label: "sex" })).toEqual([]);
  });

  it("says nothing of a regression", () => {
    const scans = people(20, (i) => ({ site: labelOf(i) }));
    expect(found(scans, { network_task: "regression", label: "age" })).toEqual([]);
  });
});
