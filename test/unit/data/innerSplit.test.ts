import { describe, expect, it } from "vitest";
import { cutInner } from "../../../src/data/plan/innerSplit";
import type { ImageRow } from "../../../src/data/plan/rows";

const rowOf = (participantId: string, label: string, sessionId = "ses-M000"): ImageRow => ({
  participantId,
  sessionId,
  cohort: "single",
  place: "/caps",
  label,
  diagnosis: label,
  table: "/split/train.tsv",
  line: 2,
});
const rows = [
  ...Array.from({ length: 10 }, (_, i) => rowOf(`sub-${i}`, "AD")),
  ...Array.from({ length: 30 }, (_, i) => rowOf(`sub-${i + 10}`, "CN")),
  rowOf("sub-3", "AD", "ses-M012"),
  rowOf("sub-20", "CN", "ses-M012"),
];
const people = (some: readonly ImageRow[], label: string) =>
  new Set(some.filter((row) => row.label === label).map(({ participantId }) => participantId));

describe("an inner validation set", () => {
  const { train, validation } = cutInner(rows, 0, { inner_validation: 0.2, seed: 4 });

  it("holds its share of the people of each label", () => {
    expect([people(validation, "AD").size, people(validation, "CN").size]).toEqual([2, 6]);
    expect(train.length + validation.length).toBe(rows.length);
  });

  it("keeps all sessions of a person on one side", () => {
    const ids = new Set(validation.map(({ participantId }) => participantId));
    expect(train.filter(({ participantId }) => ids.has(participantId))).toEqual([]);
  });

  it("is the same for the same seed, in whatever order the rows come, and another one for another split", () => {
    const again = cutInner(rows.toReversed(), 0, { inner_validation: 0.2, seed: 4 });
    const ids = (some: readonly ImageRow[]) => some.map(({ participantId }) => participantId).sort();
    expect(ids(again.validation)).toEqual(ids(validation));
    expect(ids(cutInner(rows, 1, { inner_validation: 0.2, seed: 4 }).validation)).not.toEqual(
      ids(validation),
    );
  });

  it("leaves nobody of a label alone on neither side, and takes one where its share is less", () => {
    const few = [
      rowOf("sub-1", "AD"),
      rowOf("sub-2", "AD"),
      rowOf("sub-3", "CN"),
      rowOf("sub-4", "MCI"),
      rowOf("sub-5", "MCI"),
    ];
    const cut = cutInner(few, 0, { inner_validation: 0.01, seed: 0 });
    expect(["AD", "CN", "MCI"].map((label) => people(cut.validation, label).size)).toEqual([1, 0, 1]);
  });

  it("draws people of a regression without regard to their values", () => {
    const ages = Array.from({ length: 10 }, (_, i) => rowOf(`sub-${i}`, String(60 + i)));
    expect(cutInner(ages, 0, { inner_validation: 0.3, seed: 0 }).validation).toHaveLength(3);
  });
});
