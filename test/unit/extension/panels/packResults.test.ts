import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { packResults } from "../../../../src/extension/panels/results/packResults";
import { fromResultsSchema } from "../../../../src/extension/panels/results/resultsMessages";
import { type AskedSession, ResultsSession } from "../../../../src/extension/panels/results/resultsSession";
import { imageOfSession } from "../../../../src/report/reading/imageOfSession";
import { openResults, readGroupResults } from "../../../../src/report/reading/readGroupResults";
import type { ToResults } from "../../../../webview/results/messages";
import { unpackAnswers } from "../../../../webview/results/model/unpack";
import { wait } from "../../../support/effort";
import { temporaryFolder } from "../../../support/folder";
import { describeWithReference, reference } from "../../../support/reference";

describe("what the view of results may send", () => {
  it("names no file: neither a row below zero nor a name that leads elsewhere", () => {
    const asks = (message: unknown) => fromResultsSchema.safeParse(message).success;
    expect(asks({ kind: "map", row: 0, metric: "BA", explanation: "gcam" })).toBe(true);
    expect(asks({ kind: "map", row: 0, metric: "BA", explanation: "../../secret" })).toBe(false);
    expect(asks({ kind: "map", row: 0, metric: "..\\..", explanation: "gcam" })).toBe(false);
    expect(asks({ kind: "image", row: -1 })).toBe(false);
    expect(asks({ kind: "image", row: 0.5 })).toBe(false);
    expect(asks({ kind: "sideBySide", rows: [0, 3] })).toBe(true);
    for (const rows of [[0], [0, 1, 2], [0, -1]]) expect(asks({ kind: "sideBySide", rows })).toBe(false);
    expect(asks({ kind: "save", name: "../x.csv", content: "" })).toBe(false);
  });
});

describeWithReference("results of ClinicaDL in columns", ["reference/maps_image"], () => {
  it.each(["maps_image", "maps_ae"])("say the same as before: %s", async (maps) => {
    const opened = await openResults(reference(`reference/${maps}`));
    for (const group of ["test", "validation", "train"]) {
      const found = await readGroupResults(opened, group);
      const packed = packResults(found);
      expect(found.answers.length).toBeGreaterThan(0);
      for (const [i, { sessions }] of found.answers.entries())
        expect(unpackAnswers({ ...found, ...packed }, packed.answers[i]!)).toEqual(sessions);
    }
  });

  it("find the image of a participant in a CAPS that is named by a relative path", async () => {
    const opened = await openResults(reference("reference/maps_image"));
    const { source } = await readGroupResults(opened, "test");
    const asked = { maps: opened.place.folder, json: opened.json, source, folders: [] };
    const session = { participantId: "sub-003", sessionId: "ses-M000", cohort: "single" };
    const found = await imageOfSession({ ...asked, session });
    expect(found).toMatchObject({ kind: "found", file: expect.stringMatching(/sub-003.*T1w\.nii\.gz$/) });
    const nobody = await imageOfSession({ ...asked, session: { ...session, participantId: "sub-999" } });
    expect(nobody.kind).toBe("none");
    const elsewhere = { ...source, capsDirectory: "/nowhere/caps" };
    expect(await imageOfSession({ ...asked, source: elsewhere, session })).toEqual({
      kind: "no-folder",
      folder: "/nowhere/caps",
    });
  });

  it("come with what the tables of the study say of the people, and with the threshold of the validation people", async () => {
    const maps = join(temporaryFolder(), "maps_image");
    cpSync(reference("reference/maps_image"), maps, { recursive: true });
    // maps.json names its tables by a path that begins at the MAPS.
    cpSync(reference("reference/tsv"), join(maps, "tsv"), { recursive: true });
    const sent: ToResults[] = [];
    const unasked = () => Promise.reject(new Error("was not asked"));
    const reported: string[] = [];
    const opened: (readonly string[])[] = [];
    const editor = {
      image: unasked,
      sideBySide: async (...asked: readonly AskedSession[]) => {
        opened.push(asked.map(({ session: { participantId } }) => participantId));
      },
      noMap: unasked,
      explain: unasked,
      group: () => {},
      save: unasked,
      report: async (of: string) => {
        reported.push(of);
      },
    };
    const session = new ResultsSession({ maps, group: "test" }, {}, (message) => sent.push(message), editor);
    await session.receive({ kind: "hello" });
    await vi.waitFor(() => expect(sent.length).toBe(2), wait);
    session.hidden();
    const [welcome, told] = sent;
    expect(welcome).toMatchObject({ kind: "welcome", name: "maps_image", group: "test" });
    if (told?.kind !== "results") throw new Error("No results came.");
    const { rows, acquaintance, explanations, answers } = told.results;
    expect(acquaintance).toBe("unseen");
    expect(explanations).toEqual(["gcam", "saliency"]);
    expect(rows.participants).toContain("sub-003");
    const row = rows.participants.indexOf("sub-003");
    const said = Object.fromEntries(rows.columns.map(({ name, values }) => [name, values[row]]));
    expect(said).toMatchObject({ age: "72.5", sex: "M" });
    expect(answers[0]).toMatchObject({ youden: expect.any(Number), ageLine: null });
    await session.receive({ kind: "report" });
    expect(reported).toEqual([maps]);
    const other = row === 0 ? 1 : 0;
    await session.receive({ kind: "sideBySide", rows: [row, other] });
    // Nobody stands beside somebody who is not there.
    await session.receive({ kind: "sideBySide", rows: [row, 9999] });
    expect(opened).toEqual([["sub-003", rows.participants[other]]]);
  });
});
