/** Tables as people have them, from BIDS to splits. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../src/run/exitCodes";
import { ask, bidsRows, findingOf, writeBids, writeCase } from "../support/caseStudy";
import { temporaryFolder } from "../support/folder";
import { type Row, writeTable } from "../support/study";

/** What `get-labels` makes of a BIDS folder, and what `split` then draws. */
async function labelled(rows: readonly Row[], session?: string | null) {
  const bids = await writeBids(rows, session);
  const tsv = join(dirname(bids), "tsv");
  const labels = await ask("tsv", "get-labels", bids, tsv);
  return { labels, file: join(tsv, "labels.tsv") };
}

describe("05 zeros that a spreadsheet has taken from the ids", () => {
  it("are told of by one id of the table and one of the folders", async () => {
    const study = await writeCase({ idInTables: (id) => `sub-${Number(id.slice(4))}` });
    const answer = await ask("train", study.experiment, "--output", study.maps);
    expect(answer.exit).toBe(EXIT.badInput);
    const said = JSON.stringify(answer.problems);
    expect(said).toMatch(/sub-1\b/);
    expect(said).toMatch(/sub-001\b/);
    expect(said).toMatch(/zeros/);
  });
});

describe("13 words of BIDS for the sex", () => {
  it("are taken: every word is F or M, and the sets are balanced by them", async () => {
    const words = ["male", "female", "m", "f"];
    const { labels, file } = await labelled(bidsRows(8, (index) => ({ sex: words[index % 4]! })));
    expect(labels.exit).toBe(EXIT.done);
    expect(findingOf(labels, "labels.sex-coded")).toMatchObject({ severity: "notice" });
    const split = await ask("tsv", "split", file, "--n_test", "2");
    expect(split).toMatchObject({ exit: EXIT.done, problems: [], result: { train: 6, subset: 2 } });
    expect(split.result.balance.sex).toMatchObject({ unknown: 0 });
    const analysis = await ask("tsv", "analysis", file, file);
    const [ad, cn] = analysis.result.groups;
    expect([ad.sexM, ad.sexF, cn.sexM, cn.sexF]).toEqual([4, 0, 0, 4]);
  });

  it("that is not known leaves one person out of the balance of sex only, with the count", async () => {
    const { file } = await labelled(bidsRows(12, (index) => (index === 3 ? { sex: "n/a" } : {})));
    const split = await ask("tsv", "split", file, "--n_test", "4");
    expect(split.exit).toBe(EXIT.done);
    expect(split.result.balance.sex.unknown).toBe(1);
    expect(split.result.balance.age.unknown).toBe(0);
  });
});

describe("14 ages of 89 and more", () => {
  it("are taken as 89, with a notice of whom", async () => {
    const { labels, file } = await labelled(bidsRows(8, (index) => (index === 2 ? { age: "89+" } : {})));
    expect(labels.exit).toBe(EXIT.done);
    const { severity, message } = findingOf(labels, "labels.age-or-more");
    expect(severity).toBe("notice");
    expect(message).toMatch(/1 of 8 .*89\+ \(sub-003/);
    expect(readFileSync(file, "utf8")).toMatch(/^sub-003\tses-M000\t89\t/m);
    const split = await ask("tsv", "split", file, "--n_test", "2");
    expect(split).toMatchObject({ exit: EXIT.done, problems: [] });
  });
});

describe("17 participants without sub-", () => {
  it("are taken where it is plain what is meant, or the ids of both sides are shown", async () => {
    const rows = bidsRows(8).map((row) => ({ ...row, participant_id: row.participant_id!.slice(4) }));
    const { labels, file } = await labelled(rows);
    expect(labels.exit).toBe(EXIT.done);
    expect(readFileSync(file, "utf8")).toMatch(/^sub-001\t/m);
  });
});

describe("18 sessions that are numbered, or none", () => {
  it.each([["ses-01"], [null]])("%s is taken", async (session) => {
    const { labels } = await labelled(bidsRows(8), session);
    expect(labels).toMatchObject({ exit: EXIT.done, result: { sessions: 8, participants: 8 } });
  });
});

describe("20 ses-M48 in one table, ses-M048 in the other", () => {
  it("is said, and nobody's sex is lost", async () => {
    const folder = temporaryFolder();
    const at = (session_id: string) =>
      bidsRows(8).map(({ participant_id = "", ...row }) => ({ participant_id, session_id, ...row }));
    const merged = writeTable(join(folder, "merged.tsv"), at("ses-M48"));
    const labels = writeTable(join(folder, "labels.tsv"), at("ses-M048"));
    const answer = await ask("tsv", "analysis", merged, labels);
    expect(answer.exit).toBe(EXIT.done);
    const { message } = findingOf(answer, "ids.spelt-in-two-ways");
    expect(message).toMatch(/8 of 8 .*ses-M048.*ses-M48/);
    for (const { sexF, sexM, mean_age } of answer.result.groups) {
      expect([sexF, sexM, Number.isFinite(mean_age)]).toEqual([2, 2, true]);
    }
  });
});

describe("21 a class too rare for the folds", () => {
  it("is told of, with the folds that do not validate on it", async () => {
    const diagnosis = (index: number) => ({ diagnosis: index < 2 ? "AD" : "CN" });
    const { file } = await labelled(bidsRows(40, diagnosis));
    const answer = await ask("tsv", "kfold", file, "--n_splits", "5");
    expect(answer).toMatchObject({ exit: EXIT.done, result: { sizes: [8, 8, 8, 8, 8] } });
    expect(findingOf(answer, "folds.kind-not-validated").message).toMatch(
      /AD .*2 in all.* split \d, \d, \d\.$/,
    );
  });
});
