import { describe, expect, it } from "vitest";
import type { Given, SessionAnswer } from "../../../../src/report/results/groupResults";
import { byPerson } from "../../../../src/report/results/people";
import { answeredCode, confusionOf } from "../../../../webview/results/model/answering";
import { filterList, listSessions, searchTexts } from "../../../../webview/results/model/peopleList";
import { subgroupColumns, subgroupsBy } from "../../../../webview/results/model/subgroups";

const given = (first: number): Given => ({
  kind: "class",
  predicted: first >= 0.5 ? 0 : 1,
  probabilities: [first, 1 - first],
});
const session = (participantId: string, truth: number | null, answer: Given): SessionAnswer => ({
  participantId,
  sessionId: "ses-M000",
  cohort: "single",
  split: null,
  truth,
  answer,
});
const asAnswered = { positive: 0, threshold: null } as const;
const classification = { task: "classification", figures: [] } as const;

const sessions = [
  session("sub-sure", 0, given(0.95)),
  session("sub-unsure", 1, given(0.45)),
  session("sub-wrong", 0, given(0.4)),
  session("sub-quite-wrong", 1, given(0.9)),
  session("sub-unknown", null, given(0.5)),
];
const rows = sessions.map((_, row) => row);
const namesOf = (listed: readonly { readonly session: SessionAnswer }[]) =>
  listed.map((one) => one.session.participantId);

describe("the list of participants", () => {
  it("has what is wrong and sure first, then what is unsure, and those without label last", () => {
    expect(namesOf(listSessions(classification, rows, sessions, asAnswered))).toEqual([
      "sub-quite-wrong",
      "sub-wrong",
      "sub-unsure",
      "sub-sure",
      "sub-unknown",
    ]);
  });

  it("follows the threshold", () => {
    const listed = listSessions(classification, rows, sessions, { positive: 0, threshold: 0.42 });
    expect(listed.filter(({ right }) => right === false).map((one) => one.session.participantId)).toEqual([
      "sub-quite-wrong",
      "sub-unsure",
      "sub-wrong",
    ]);
  });

  it("has the largest errors of values first, and the worst reconstructions", () => {
    const values = [70, 75, 40].map((value, i) => session(`sub-${i}`, 70, { kind: "value", value }));
    const regression = { task: "regression", figures: [] } as const;
    const none = { positive: null, threshold: null };
    expect(namesOf(listSessions(regression, rows, values, none))).toEqual(["sub-2", "sub-1", "sub-0"]);
    const rebuilt = [0.1, 0.3, 0.2].map((MAE, i) =>
      session(`sub-${i}`, null, { kind: "reconstruction", metrics: { MAE, SSIM: 1 - MAE } }),
    );
    for (const figures of [["MAE"], ["SSIM"]])
      expect(namesOf(listSessions({ task: "reconstruction", figures }, rows, rebuilt, none))).toEqual([
        "sub-1",
        "sub-2",
        "sub-0",
      ]);
  });

  it("is filtered by words that all occur, of ids, class and what the table says", () => {
    const listed = listSessions(classification, rows, sessions, asAnswered);
    const texts = searchTexts(
      {
        participants: sessions.map(({ participantId }) => participantId),
        sessions: sessions.map(({ sessionId }) => sessionId),
        cohorts: sessions.map(() => null),
        truth: Float64Array.from(sessions, ({ truth }) => truth ?? Number.NaN),
        columns: [{ name: "sex", values: ["F", "M", "F", "M", "F"] }],
      },
      ["AD", "CN"],
    );
    expect(namesOf(filterList(listed, texts, "  ad WRONG ", false))).toEqual(["sub-wrong"]);
    expect(namesOf(filterList(listed, texts, "", true))).toEqual(["sub-quite-wrong", "sub-wrong"]);
    expect(filterList(listed, texts, "nobody", false)).toEqual([]);
  });
});

describe("an answer at a threshold", () => {
  it("is the one that was given until a threshold is chosen, ties being of the first class", () => {
    expect(answeredCode(given(0.5), asAnswered)).toBe(0);
    expect(answeredCode(given(0.5), { positive: 1, threshold: null })).toBe(1);
    expect(answeredCode(given(0.5), { positive: 1, threshold: 0.5 })).toBe(0);
    expect(answeredCode(given(0.5), { positive: 0, threshold: 0.51 })).toBe(1);
  });

  it("is unknown at a threshold where the table holds no probabilities", () => {
    const old: Given = { kind: "class", predicted: 1, probabilities: null };
    expect(answeredCode(old, asAnswered)).toBe(1);
    expect(answeredCode(old, { positive: 0, threshold: 0.4 })).toBeNaN();
  });

  it("counts people of three classes, or one class against the others", () => {
    const of = (truth: number, predicted: number) =>
      session(`sub-${truth}${predicted}`, truth, { kind: "class", predicted, probabilities: null });
    const answers = [of(0, 0), of(1, 2), of(2, 2), of(2, 1)];
    const classes = ["AD", "MCI", "CN"];
    expect(confusionOf(answers, { positive: null, threshold: null }, classes)).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
    ]);
    expect(confusionOf(answers, { positive: 2, threshold: null }, classes)).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});

describe("subgroups", () => {
  const { people } = byPerson(sessions);
  const rowOf = (person: (typeof people)[number]) =>
    sessions.findIndex(({ participantId }) => participantId === person.participantId);
  const column = (name: string, values: readonly string[]) => ({ name, values });

  it("are made of columns that divide people, sex and age first, and of no names", () => {
    const ages = Array.from({ length: 40 }, (_, i) => String(50 + i));
    const names = ages.map((_, i) => `scanner ${i}`);
    const same = ages.map(() => "3T");
    const columns = [
      column("scanner", names),
      column("field", same),
      column(
        "site",
        ages.map((_, i) => `s${i % 3}`),
      ),
      column(
        "diagnosis",
        ages.map((_, i) => (i % 2 === 0 ? "AD" : "CN")),
      ),
      column("age_bl", ages),
      column(
        "sex",
        ages.map((_, i) => (i % 2 === 0 ? "F" : "M")),
      ),
    ];
    expect(subgroupColumns(columns, "diagnosis")).toEqual(["sex", "age_bl", "site"]);
  });

  it("have every person once, those of whom nothing is said last", () => {
    const groups = subgroupsBy(column("sex", ["M", "F", "", "M", "F"]), people, rowOf);
    expect(groups.map((one) => [one.name, one.people.length])).toEqual([
      ["F", 2],
      ["M", 2],
      [null, 1],
    ]);
  });

  it("are bands of ten where a column measures", () => {
    const ages = Array.from({ length: 13 }, (_, i) => String(59.5 + i));
    const measured = ages.map((_, i) => session(`sub-${i}`, 0, given(0.9)));
    const grouped = byPerson(measured).people;
    const groups = subgroupsBy(column("age", ages), grouped, (person) =>
      Number(person.participantId.slice("sub-".length)),
    );
    expect(groups.map((one) => [one.name, one.people.length])).toEqual([
      ["50 – 59", 1],
      ["60 – 69", 10],
      ["70 – 79", 2],
    ]);
  });
});
