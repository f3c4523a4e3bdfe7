import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readTable } from "../../../../src/data/tables/table";
import { GET_LABELS_DEFAULTS, type GetLabelsOptions, getLabels } from "../../../../src/data/tsv/getLabels";
import { temporaryFolder } from "../../../support/folderOfFile";
import { problemsOf } from "../../../support/problemsOf";
import { type Row, writeTable } from "../../../support/study";

const root = temporaryFolder();
let study = 0;
let folder = root;
beforeEach(() => {
  folder = join(root, `study-${study++}`);
});

describe("getLabels from a BIDS", () => {
  const image = async (participant: string, session: string, name: string) => {
    const file = join(folder, "bids", participant, session, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "");
  };
  const labels = async (changes: Partial<GetLabelsOptions> = {}) => {
    const options = {
      ...GET_LABELS_DEFAULTS,
      source: join(folder, "bids"),
      outputFolder: join(folder, "out"),
    };
    return (await readTable((await getLabels({ ...options, overwrite: true, ...changes })).labels)).rows.map(
      ({ values }) => values,
    );
  };

  beforeEach(async () => {
    writeTable(join(folder, "bids/participants.tsv"), [
      { participant_id: "sub-1", sex: "F", age: "70", diagnosis: "AD" },
      { participant_id: "sub-2", sex: "M", age: "75", diagnosis: "CN" },
    ]);
    writeTable(join(folder, "bids/sub-1/sub-1_sessions.tsv"), [
      { session_id: "ses-M000", age: "70.1", diagnosis: "AD" },
      { session_id: "ses-M006", age: "70.6", diagnosis: "AD" },
    ]);
    await image("sub-1", "ses-M000", "anat/sub-1_ses-M000_T1w.nii.gz");
    await image("sub-1", "ses-M006", "pet/sub-1_ses-M006_trc-18FFDG_rec-avg_pet.nii.gz");
    await image("sub-2", "ses-M000", "anat/sub-2_ses-M000_run-1_T1w.nii");
  });

  it("joins participants.tsv, sessions.tsv and the folders of sessions, and keeps sessions with the image", async () => {
    expect(await labels()).toEqual([
      { participant_id: "sub-1", session_id: "ses-M000", age: "70.1", sex: "F", diagnosis: "AD" },
      { participant_id: "sub-2", session_id: "ses-M000", age: "75", sex: "M", diagnosis: "CN" },
    ]);
  });

  it("looks for other images, or for none", async () => {
    const sessions = async (modality: string | null) =>
      (await labels({ modality })).map(({ session_id }) => session_id);
    expect(await sessions("pet_trc-18FFDG")).toEqual(["ses-M006"]);
    expect(await sessions(null)).toEqual(["ses-M000", "ses-M006", "ses-M000"]);
    expect(await problemsOf(() => sessions("pet_trc-18FAV45"))).toHaveLength(1);
  });

  it("refuses a folder that is no BIDS", async () => {
    expect(await problemsOf(() => labels({ source: folder }))).toMatchObject([
      { message: expect.stringMatching(/not a BIDS/) },
    ]);
  });
});

describe("getLabels from a BIDS as studies spell it", () => {
  const ids = ["001", "002", "003", "004"];
  /** A BIDS of four people whose table is changed; `session` null without folders of sessions. */
  async function bids(
    change: (row: Row, i: number) => Row,
    session: string | null = "ses-M000",
  ): Promise<string> {
    const rows = ids.map((id, i) => ({
      participant_id: `sub-${id}`,
      age: String(60 + i),
      sex: i % 2 === 0 ? "F" : "M",
      diagnosis: i < 2 ? "AD" : "CN",
    }));
    writeTable(join(folder, "bids/participants.tsv"), rows.map(change));
    for (const id of ids) {
      const name = [`sub-${id}`, ...(session === null ? [] : [session])];
      const file = join(folder, "bids", ...name, "anat", `${name.join("_")}_T1w.nii.gz`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, "");
    }
    return join(folder, "bids");
  }
  async function labels(source: string) {
    const outcome = await getLabels({ ...GET_LABELS_DEFAULTS, source, outputFolder: join(folder, "out") });
    const rows = (await readTable(outcome.labels)).rows.map(({ values }) => values);
    return {
      rows,
      told: outcome.warnings.map(({ code, severity, message }) => ({ code, severity, message })),
    };
  }

  it("13-bids-sex-words: codes the words for the sexes F and M, and says so", async () => {
    const words = ["female", "m", "f", "male"];
    const { rows, told } = await labels(await bids((row, i) => ({ ...row, sex: words[i] ?? "" })));
    expect(rows.map(({ sex }) => sex)).toEqual(["F", "M", "F", "M"]);
    expect(told).toMatchObject([{ code: "labels.sex-coded", severity: "notice" }]);
  });

  it("14-bids-age-89plus: takes 89+ for 89 with a notice; what is not known stays", async () => {
    const changed = await bids((row, i) =>
      i === 1 ? { ...row, age: "89+" } : i === 2 ? { ...row, age: "n/a", sex: "n/a" } : row,
    );
    const { rows, told } = await labels(changed);
    expect(rows.map(({ age }) => age)).toEqual(["60", "89", "n/a", "63"]);
    expect(rows[2]?.sex).toBe("n/a");
    expect(told).toEqual([
      {
        code: "labels.age-or-more",
        severity: "notice",
        message: "The age of 1 of 4 sessions stands for itself and more: 89+ (sub-002 ses-M000).",
      },
    ]);
  });

  it("takes the sex from a column `gender`, which was dropped without a word", async () => {
    const { rows, told } = await labels(await bids(({ sex = "", ...row }) => ({ ...row, gender: sex })));
    expect(rows.every(({ sex }) => sex === "F" || sex === "M")).toBe(true);
    expect(told).toMatchObject([{ code: "labels.sex-column", severity: "notice" }]);
  });

  it("says that no column tells age or sex, which `tsv split` will ask for", async () => {
    const { told } = await labels(await bids(({ sex: _, age: __, ...row }) => row));
    expect(told).toMatchObject([
      {
        code: "labels.no-demographic",
        severity: "warning",
        message: expect.stringMatching(/the age; there are: /),
      },
      {
        code: "labels.no-demographic",
        severity: "warning",
        message: expect.stringMatching(/the sex; there are: /),
      },
    ]);
  });

  it("writes ages with a point where the table has decimal commas, and says so", async () => {
    const { rows, told } = await labels(await bids((row, i) => (i < 2 ? { ...row, age: `6${i},5` } : row)));
    expect(rows.map(({ age }) => age)).toEqual(["60.5", "61.5", "62", "63"]);
    expect(told).toMatchObject([
      {
        code: "labels.decimal-comma",
        severity: "notice",
        message: expect.stringMatching(/2 of 4 .*60,5, 61,5/),
      },
    ]);
  });

  it.each([
    ["without sub-", (id: string) => id, "001", "the prefix"],
    [
      "as numbers of a spreadsheet",
      (id: string) => String(Number(id)),
      "1",
      "the prefix (`sub-`, `ses-`), leading zeros",
    ],
  ])(
    "17-bids-prefix-lost: takes ids %s for the folders that they can mean only, and says so",
    async (_, spell, here, difference) => {
      const changed = await bids((row, i) => ({ ...row, participant_id: spell(ids[i] ?? "") }));
      const { rows, told } = await labels(changed);
      expect(rows.map(({ participant_id }) => participant_id)).toEqual(ids.map((id) => `sub-${id}`));
      expect(told).toMatchObject([{ code: "ids.otherwise-in-bids", severity: "warning" }]);
      expect(told[0]?.message).toContain(
        `4 of 4 ids of the table are spelt otherwise than their folders: ${here} in the table, sub-001 as a folder. They differ in ${difference}`,
      );
    },
  );

  it("says that ids and folders do not meet, and who has no folder", async () => {
    const strangers = await bids((row, i) => ({ ...row, participant_id: `sub-X${i}` }));
    expect(await problemsOf(() => labels(strangers))).toMatchObject([
      {
        code: "ids.none-in-bids",
        message: expect.stringMatching(/The table says sub-X0 for instance, a folder is sub-001\.$/),
      },
    ]);
    const { rows, told } = await labels(
      await bids((row, i) => (i === 3 ? { ...row, participant_id: "sub-gone" } : row)),
    );
    expect(rows).toHaveLength(3);
    expect(told).toMatchObject([
      { code: "bids.no-folder", message: expect.stringMatching(/^1 of 4 .*\(sub-gone\)\.$/) },
    ]);
  });

  it.each(["ses-01", "ses-20190304", "ses-baseline"])(
    "18-bids-ses-01: takes sessions named %s",
    async (session) => {
      const { rows, told } = await labels(await bids((row) => row, session));
      expect(rows.map(({ session_id }) => session_id)).toEqual([session, session, session, session]);
      expect(told).toEqual([]);
    },
  );

  it("18-bids-ses-01: takes people without sessions, who get Clinica's name for one, with a notice", async () => {
    const { rows, told } = await labels(await bids((row) => row, null));
    expect(rows.map(({ session_id }) => session_id)).toEqual(Array(4).fill("ses-M000"));
    expect(told).toMatchObject([{ code: "bids.no-sessions", severity: "notice" }]);
  });
});
