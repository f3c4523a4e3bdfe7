import { describe, expect, it } from "vitest";
import { people } from "../../../src/audit/checks/people";
import type { ScanSet } from "../../../src/audit/study";
import { scanOf, studyOf } from "../../support/studyOf";

const train: ScanSet = { kind: "train", split: 0 };
const validation: ScanSet = { kind: "validation", split: 0 };
const test: ScanSet = { kind: "group", name: "test" };
const transfer: ScanSet = { kind: "transfer", split: 0, maps: "source" };
const found = (...args: Parameters<typeof studyOf>) =>
  people.find(studyOf(...args)).map(({ code, severity, said }) => ({ code, severity, values: said.values }));

describe("people", () => {
  it("finds who trains and validates, even with another session, once", () => {
    const scans = [
      scanOf("sub-1"),
      scanOf("sub-2"),
      scanOf("sub-2", { sessionId: "ses-M012", sets: [validation] }),
      scanOf("sub-2", { sessionId: "ses-M024", sets: [validation] }),
      scanOf("sub-3", { sets: [validation] }),
    ];
    expect(found(scans)).toEqual([
      { code: "split.leak", severity: "error", values: { count: 1, split: 0, names: ["sub-2"] } },
    ]);
  });

  it("names a few of many", () => {
    const scans = [..."abcdefg"].map((name) => scanOf(name, { sets: [train, validation] }));
    const [{ values } = { values: {} }] = found(scans);
    expect(values).toMatchObject({ count: 7, names: ["a", "b", "c", "d", "e", "..."] });
  });

  it("lets a person stay several times in one set, and train in one split and validate in another", () => {
    const scans = [
      scanOf("sub-1", { sets: [train, { kind: "validation", split: 1 }] }),
      scanOf("sub-1", { sessionId: "ses-M012", sets: [train, { kind: "validation", split: 1 }] }),
      scanOf("sub-2", { sets: [validation, { kind: "train", split: 1 }] }),
    ];
    expect(found(scans)).toEqual([]);
  });

  it("takes people of two cohorts with one name for two", () => {
    const scans = [
      scanOf("sub-1", { place: "first", cohort: "first" }),
      scanOf("sub-1", { place: "second", cohort: "second", sets: [validation] }),
    ];
    expect(found(scans)).toEqual([]);
  });

  it("finds people of a data group who have taught the networks", () => {
    const scans = [
      scanOf("sub-1", { sets: [validation] }),
      scanOf("sub-1", { sessionId: "ses-M012", sets: [test] }),
      scanOf("sub-2", { sets: [test] }),
    ];
    expect(found(scans)).toEqual([
      { code: "audit.group-leak", severity: "error", values: { count: 1, group: "test", names: ["sub-1"] } },
    ]);
  });

  it("finds whom the source of a transfer knows already, by id alone", () => {
    const known = { caps: "", file: "", sets: [transfer] };
    const scans = [
      scanOf("sub-1"),
      scanOf("sub-2", { sets: [validation] }),
      scanOf("sub-1", known),
      scanOf("sub-2", known),
    ];
    expect(found(scans, { transfer_path: "/source" })).toEqual([
      {
        code: "audit.transfer-leak",
        severity: "error",
        values: { count: 1, split: 0, source: "/source", names: ["sub-2"] },
      },
    ]);
  });
});
