/** Eight leaks and confounds, each planted into a study that is clean without it, and found by the command that people run. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { writeGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { RandomGenerator } from "../../../src/network/weights/random";
import { identityAffine } from "../../../src/space/affine";
import { orientationOfCodes } from "../../../src/space/orientation";
import { reorient } from "../../../src/space/reorient";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { imageFile, type Row, writeTable } from "../../support/study";

const SIZE = [18, 20, 16] as const;
let folder: string;

/** Blobs of its own for each person, on what all brains have in common. */
function brainOf(seed: number): Float32Array {
  const random = new RandomGenerator(seed);
  const blobs = Array.from({ length: 12 }, () => ({
    at: SIZE.map((length) => random.uniform() * length),
    strength: 0.4 + random.uniform(),
  }));
  const [nx, ny, nz] = SIZE;
  return Float32Array.from({ length: nx * ny * nz }, (_, i) => {
    const place = [Math.floor(i / (ny * nz)), Math.floor(i / nz) % ny, i % nz];
    const from = (at: readonly number[]) => place.reduce((sum, x, axis) => sum + (x - at[axis]!) ** 2, 0);
    if (from([9, 10, 8]) > 49) return 0;
    return 2 + blobs.reduce((sum, { at, strength }) => sum + strength * Math.exp(-from(at) / 6), 0);
  });
}

interface Person extends Row {
  readonly participant_id: string;
}

/** Twelve who train and eight who validate; age, sex, site and scanner are those of both classes. */
const cohort = (): Person[] =>
  Array.from({ length: 20 }, (_, i) => ({
    participant_id: `sub-${String(i).padStart(2, "0")}`,
    session_id: "ses-M000",
    diagnosis: i % 2 === 0 ? "AD" : "CN",
    age: String(66 + ((i * 7) % 11)),
    sex: i % 4 < 2 ? "F" : "M",
    site: i % 6 < 3 ? "Lyon" : "Paris",
  }));

interface Study {
  people: Person[];
  /** Who is also in the validation set. */
  validation: Person[];
  brains: Map<string, Float32Array>;
  sidecars: Map<string, object>;
  experiment: Record<string, unknown>;
}

function cleanStudy(): Study {
  const all = cohort();
  return {
    people: all.slice(0, 12),
    validation: all.slice(12),
    brains: new Map(all.map(({ participant_id }, i) => [participant_id, brainOf(i + 1)])),
    sidecars: new Map(
      all.map(({ participant_id }, i) => [participant_id, { MagneticFieldStrength: i % 6 < 3 ? 3 : 1.5 }]),
    ),
    experiment: {},
  };
}

async function write({ people, validation, brains, sidecars, experiment }: Study): Promise<string> {
  writeTable(join(folder, "split/train.tsv"), people);
  writeTable(join(folder, "split/validation_baseline.tsv"), validation);
  for (const { participant_id: id, session_id: session } of [...people, ...validation]) {
    const file = imageFile(join(folder, "caps"), id, session);
    await writeNifti(file, { shape: SIZE, data: brains.get(id)! });
    await writeFile(file.replace(".nii.gz", ".json"), JSON.stringify(sidecars.get(id) ?? {}));
  }
  const file = join(folder, "study.experiment.json");
  const json = {
    caps_directory: "caps",
    tsv_path: "split",
    architecture: "Conv4_FC3",
    preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    n_proc: 0,
    ...experiment,
  };
  await writeFile(file, JSON.stringify(json));
  return file;
}

const audited = async (study: Study, ...words: string[]) => {
  const { exit, printed } = await gyrus("audit", await write(study), "--json", ...words);
  const result = resultOf(printed);
  return { code: exit, codes: result.findings.map((found: { code: string }) => found.code) };
};

const last = (some: readonly Person[]) => some.at(-1)!;
const first = (some: readonly Person[]) => some[0]!;

beforeEach(() => {
  folder = temporaryFolder();
});

describe("gyrus audit", () => {
  it("finds nothing in the clean study", async () => {
    expect(await audited(cleanStudy())).toEqual({ code: 0, codes: [] });
  });

  it("tells who is in the sets and who was left out, also with --json", async () => {
    const study = cleanStudy();
    study.people.push({ ...first(study.people), participant_id: "sub-without", diagnosis: "n/a" });
    study.brains.set("sub-without", study.brains.get("sub-00")!);
    const { printed, said } = await gyrus("audit", await write(study), "--json");
    const [{ train }] = resultOf(printed).splits;
    expect(train.used.people).toBe(train.rows.people - 1);
    expect(train.leftOut).toMatchObject([{ reason: "no-diagnosis", people: 1 }]);
    expect(said).toMatch(/left out, no diagnosis: 1 session/);
  });

  it("1: a person who trains and validates", async () => {
    const study = cleanStudy();
    study.validation.push({ ...first(study.people), session_id: "ses-M012" });
    study.brains.set("sub-00", brainOf(1));
    const { code, codes } = await audited(study);
    expect(code).toBe(1);
    expect(codes).toContain("split.leak");
  });

  it("2: one scan under two ids, in training and validation", async () => {
    const study = cleanStudy();
    study.brains.set(last(study.validation).participant_id, study.brains.get("sub-00")!);
    expect(await audited(study)).toEqual({ code: 1, codes: ["audit.same-scan-in-sets"] });
    expect(await audited(study, "--accept-leaks")).toEqual({ code: 0, codes: ["audit.same-scan-in-sets"] });
  });

  it("3: a copy with noise", async () => {
    const study = cleanStudy();
    const random = new RandomGenerator(77);
    const copy = study.brains.get("sub-00")!.map((value) => value * (1 + 0.02 * random.normal()));
    study.brains.set(last(study.validation).participant_id, copy);
    expect(await audited(study)).toEqual({ code: 0, codes: ["audit.near-copies"] });
  });

  it("4: a scan that was turned", async () => {
    const study = cleanStudy();
    const image = { grid: { shape: SIZE, affine: identityAffine }, values: study.brains.get("sub-00")! };
    const turned = reorient(image, orientationOfCodes("LPS")!);
    study.brains.set(last(study.validation).participant_id, turned.values);
    expect(await audited(study)).toEqual({ code: 1, codes: ["audit.same-scan-in-sets"] });
  });

  it.each([
    [
      "5: the class follows the site",
      "site",
      (i: number) => (i % 2 === 0 ? "Lyon" : "Paris"),
      "audit.class-by-value",
    ],
    [
      "6: the class follows the age",
      "age",
      (i: number) => String(i % 2 === 0 ? 75 + (i % 5) : 66 + (i % 5)),
      "audit.class-by-number",
    ],
  ])("%s", async (_, column, value, code) => {
    const study = cleanStudy();
    const planted = (some: readonly Person[]) => some.map((row, i) => ({ ...row, [column]: value(i) }));
    study.people = planted(study.people);
    study.validation = planted(study.validation);
    expect(await audited(study)).toEqual({ code: 0, codes: [code] });
  });

  it("7: the class follows a field of the sidecars", async () => {
    const study = cleanStudy();
    const all = [...study.people, ...study.validation];
    study.sidecars = new Map(
      all.map(({ participant_id, diagnosis }) => [
        participant_id,
        { MagneticFieldStrength: diagnosis === "AD" ? 3 : 1.5 },
      ]),
    );
    expect(await audited(study)).toEqual({ code: 0, codes: ["audit.class-by-value"] });
  });

  it("8: the networks begin with what has learned from people of the validation set", async () => {
    const study = cleanStudy();
    const source = join(folder, "source");
    const taught = study.validation.slice(0, 2).map(({ participant_id, session_id }) => ({
      participantId: participant_id,
      sessionId: session_id ?? "",
      cohort: "single",
    }));
    await writeGroup(mapsPlace(source).group("train", 0), {
      rows: taught,
      label: null,
      capsDirectory: join(folder, "caps"),
      multiCohort: false,
    });
    study.experiment.transfer_path = "source";
    expect(await audited(study)).toEqual({ code: 1, codes: ["audit.transfer-leak"] });

    // The same scans under other names: known by their voxels alone.
    const named = new Map(taught.map(({ participantId }, i) => [participantId, `sub-9${i}`]));
    for (const [from, to] of named) {
      await writeNifti(imageFile(join(folder, "caps"), to), { shape: SIZE, data: study.brains.get(from)! });
    }
    await writeGroup(mapsPlace(source).group("train", 0), {
      rows: taught.map((row) => ({ ...row, participantId: named.get(row.participantId)! })),
      label: null,
      capsDirectory: join(folder, "caps"),
      multiCohort: false,
    });
    expect(await audited(study)).toEqual({ code: 1, codes: ["audit.same-scan-in-sets"] });
  });

  it("and a test group of a MAPS that holds who has trained, by name or by scan", async () => {
    const study = cleanStudy();
    const test = { ...first(study.people), participant_id: "sub-99" };
    study.brains.set("sub-99", study.brains.get("sub-01")!);
    await writeNifti(imageFile(join(folder, "caps"), "sub-99"), {
      shape: SIZE,
      data: study.brains.get("sub-99")!,
    });
    const maps = join(folder, "maps");
    await writeGroup(mapsPlace(maps).group("test"), {
      rows: [first(study.people), test].map(({ participant_id }) => ({
        participantId: participant_id,
        sessionId: "ses-M000",
        cohort: "single",
      })),
      label: null,
      capsDirectory: join(folder, "caps"),
      multiCohort: false,
    });
    await writeFile(mapsPlace(maps).mapsJson, "{}");
    expect(await audited(study, "--maps", maps)).toEqual({
      code: 1,
      codes: ["audit.group-leak", "audit.same-scan-in-sets"],
    });
  });
});

it("gyrus audit says whose images of a test group it did not find, and so did not compare", async () => {
  const study = cleanStudy();
  const maps = join(folder, "maps");
  await writeGroup(mapsPlace(maps).group("test"), {
    rows: [{ participantId: "sub-99", sessionId: "ses-M000", cohort: "single" }],
    label: null,
    capsDirectory: join(folder, "moved"),
    multiCohort: false,
  });
  await writeFile(mapsPlace(maps).mapsJson, "{}");
  expect(await audited(study, "--maps", maps)).toEqual({ code: 0, codes: ["audit.images-of-group"] });
});

it("gyrus check and gyrus audit both say which image one voxel spoils and which holds NaN", async () => {
  const study = cleanStudy();
  for (const [id, value] of [
    ["sub-01", 1e6],
    ["sub-02", Number.NaN],
  ] as const) {
    study.brains.set(id, study.brains.get(id)!.slice().fill(value, 700, 701));
  }
  const told = [
    { code: "intensity.squashed", message: expect.stringContaining("(sub-01 ses-M000: 1000000, ") },
    { code: "intensity.not-numbers", message: expect.stringContaining("(sub-02 ses-M000: 1 voxel)") },
  ];
  const file = await write(study);
  const checked = await gyrus("check", file, "--json");
  expect(checked.exit).toBe(0);
  expect(resultOf(checked.printed).warnings).toMatchObject(told);
  const report = await gyrus("audit", file, "--json");
  expect(report.exit).toBe(0);
  expect(resultOf(report.printed).findings).toMatchObject(told);
});
