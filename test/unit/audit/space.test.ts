import { describe, expect, it } from "vitest";
import { headers } from "../../../src/audit/checks/headers";
import { space } from "../../../src/audit/checks/space";
import type { ScanSet } from "../../../src/audit/study";
import { parseNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { encodeNifti } from "../../../src/data/nifti/niftiWrite";
import { affineOfColumns } from "../../../src/space/affine";
import { orientedGrid } from "../../../src/space/grid";
import type { HeaderOddity } from "../../../src/space/headerOddities";
import { orientationOfCodes, RAS } from "../../../src/space/orientation";
import { scanOf, studyOf } from "../../support/studyOf";

const NO_DIRECTIONS = affineOfColumns(
  [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
  [0, 0, 0],
);

/** The header of an image of 4 x 4 x 4 voxels of `size` mm along each axis, stored as `codes`, `none` without directions. */
function headerOf(codes: string, size = 1, oddities: readonly HeaderOddity[] = []) {
  const affine = affineOfColumns(
    [
      [size, 0, 0],
      [0, size, 0],
      [0, 0, size],
    ],
    [0, 0, 0],
  );
  const grid = orientedGrid({ shape: [4, 4, 4], affine }, orientationOfCodes(codes) ?? RAS);
  const file = encodeNifti({ shape: grid.shape, data: new Uint8Array(64), affine: grid.affine });
  const header = { ...parseNiftiHeader("image.nii", file), oddities };
  return codes === "none" ? { ...header, affine: NO_DIRECTIONS } : header;
}

/** Scans by "LAS AD 3": so many people, numbered on. */
function scansOf(groups: readonly string[], sets?: readonly ScanSet[]) {
  let number = 0;
  return groups.flatMap((group) => {
    const [codes = "", label = "", count = "1", size = "1"] = group.split(" ");
    return Array.from({ length: Number(count) }, () =>
      scanOf(`sub-${String(++number).padStart(2, "0")}`, {
        label,
        header: headerOf(codes, Number(size)),
        ...(sets === undefined ? {} : { sets }),
      }),
    );
  });
}

const found = (groups: readonly string[], experiment = {}) =>
  space.find(studyOf(scansOf(groups), experiment));

describe("how the images of a training are stored", () => {
  it("is not spoken of where all are stored alike", () => {
    expect(found(["RAS AD 4", "RAS CN 4"])).toEqual([]);
    expect(found(["LAS AD 4", "LAS CN 4"])).toEqual([]);
  });

  it("is an error where it tells the class, with the figure and the counts", () => {
    expect(found(["LAS AD 6", "RAS CN 6"])).toMatchObject([
      {
        severity: "error",
        code: "space.orientation-tells-class",
        message:
          "The orientation in which the images are stored tells their class: the best rule has a balanced accuracy of 1.00 (LAS (AD 6), RAS (CN 6)). A network would learn it instead of the brain.",
      },
    ]);
    expect(found(["RAS AD 6 2", "RAS CN 6"])).toMatchObject([
      { severity: "error", code: "space.voxel-size-tells-class" },
    ]);
  });

  it.each([
    { groups: ["LAS AD 8", "RAS AD 2", "LAS CN 2", "RAS CN 8"], severity: "error", why: "0.80" },
    { groups: ["LAS AD 7", "RAS AD 3", "LAS CN 2", "RAS CN 8"], severity: "warning", why: "0.75" },
    { groups: ["LAS AD 2", "RAS CN 9"], severity: "error", why: "two people on a side" },
    { groups: ["LAS AD 1", "RAS CN 9"], severity: "warning", why: "one person on a side" },
    { groups: ["LAS AD 1", "RAS AD 8", "RAS CN 9"], severity: "warning", why: "an exception" },
  ])("is $severity with $why", ({ groups, severity }) => {
    expect(found(groups).map((one) => one.severity)).toEqual([severity]);
  });

  it("is a warning with counts and people where few differ", () => {
    expect(found(["RAS AD 5", "RAS CN 5", "LAS CN 1"])).toMatchObject([
      {
        severity: "warning",
        code: "space.orientation-mixed",
        message: expect.stringMatching(/orientation: RAS in 10, LAS in 1 \(sub-11 ses-M000\)\./),
      },
    ]);
    expect(found(["RAS AD 5", "RAS CN 5", "RAS CN 1 2"])).toMatchObject([
      {
        code: "space.voxel-size-mixed",
        message: expect.stringMatching(/1 x 1 x 1 mm in 10, 2 x 2 x 2 mm in 1 \(sub-11 ses-M000\)\.$/),
      },
    ]);
  });

  it("takes several values of a label for the class that they are", () => {
    const groups = ["LAS AD 4", "RAS MCI 4", "RAS CN 4", "LAS pMCI 4"];
    const codes = { AD: 0, pMCI: 0, MCI: 1, CN: 1 };
    const diagnoses = Object.keys(codes);
    expect(found(groups, { label_code: codes, diagnoses })).toMatchObject([
      { severity: "error", message: expect.stringContaining("LAS (AD+pMCI 8), RAS (MCI+CN 8)") },
    ]);
  });

  it("tells no class of a regression", () => {
    expect(found(["LAS 60 6", "RAS 70 6"], { network_task: "regression" })).toMatchObject([
      { severity: "warning" },
    ]);
  });

  it("does not matter where images are turned as they are read, but their voxel size does", () => {
    const canonical = { space: { orientation: "canonical" } };
    expect(found(["LAS AD 6", "RAS CN 6"], canonical)).toEqual([]);
    expect(found(["LAS AD 6", "RAS CN 6 2"], canonical)).toMatchObject([
      { code: "space.voxel-size-tells-class" },
    ]);
  });

  it("is an error where no training image is stored as those that validate", () => {
    const scans = [
      ...scansOf(["RAS AD 4", "RAS CN 4"]),
      ...scansOf(["LAS AD 2", "LAS CN 2"], [{ kind: "validation", split: 0 }]),
    ];
    expect(space.find(studyOf(scans)).map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "warning space.orientation-mixed",
      "error space.orientation-of-validation",
    ]);
  });
});

describe("odd headers", () => {
  it("are told once for each kind, with the people", () => {
    const scans = [
      scanOf("sub-1", { header: headerOf("RAS", 1, ["no-form", "zero-size"]) }),
      scanOf("sub-2", { header: headerOf("RAS", 1, ["no-form"]) }),
      scanOf("sub-3", { header: headerOf("RAS") }),
    ];
    expect(headers.find(studyOf(scans))).toMatchObject([
      {
        severity: "warning",
        code: "header.no-form",
        message: expect.stringMatching(/^2 of 3 .*sub-1 ses-M000, sub-2 ses-M000\)\.$/),
      },
      { severity: "warning", code: "header.zero-size", message: expect.stringMatching(/^1 of 3 /) },
    ]);
  });
});

describe("augmentation of images that are not stored alike", () => {
  const framesFound = (groups: readonly string[], transform: Readonly<Record<string, unknown>>, more = {}) =>
    found(groups, { network_task: "regression", augmentation: { transforms: [transform] }, ...more }).filter(
      ({ code }) => code === "augmentation.frames-mixed",
    );
  const leftRight = { kind: "flip", axes: ["left-right"] };

  it("is refused where an axis of the body is another voxel axis in some, with images of each kind and what to do", () => {
    expect(framesFound(["RAS 60 3", "PIR 70 1"], leftRight)).toMatchObject([
      {
        severity: "error",
        where: "augmentation",
        message: expect.stringMatching(
          /RAS in 3 \(sub-01 ses-M000, .*\), PIR in 1 \(sub-04 ses-M000\)\. In some of them flip would/,
        ),
        remedy: expect.stringContaining('"canonical"'),
      },
    ]);
  });

  it.each([
    { transform: leftRight, orientations: ["RAS", "LAS"], refused: false, why: "mirrored is the same axis" },
    {
      transform: { kind: "flip", axes: [0] },
      orientations: ["RAS", "PIR"],
      refused: false,
      why: "voxel axes are meant",
    },
    {
      transform: { kind: "anisotropy" },
      orientations: ["RAS", "PIR"],
      refused: true,
      why: "axes of the body are usual",
    },
    {
      transform: { kind: "affine" },
      orientations: ["RAS", "LAS"],
      refused: false,
      why: "both directions are alike",
    },
    {
      transform: { kind: "affine" },
      orientations: ["RAS", "PIR"],
      refused: true,
      why: "it turns about axes of the world",
    },
    {
      transform: { kind: "affine", translation: [0, 5] },
      orientations: ["RAS", "LAS"],
      refused: true,
      why: "right would be left",
    },
    { transform: { kind: "noise" }, orientations: ["RAS", "PIR"], refused: false, why: "it has no axes" },
    {
      transform: { one_of: [{ kind: "noise" }, leftRight] },
      orientations: ["RAS", "PIR"],
      refused: true,
      why: "one of several has",
    },
    { transform: leftRight, orientations: ["RAS", "none"], refused: true, why: "no directions tell" },
  ])(
    "of $orientations by $transform.kind: refused $refused, since $why",
    ({ transform, orientations, refused }) => {
      const groups = orientations.map((codes) => `${codes} 60 2`);
      expect(framesFound(groups, transform)).toHaveLength(refused ? 1 : 0);
    },
  );

  it("is fine where images are turned as they are read", () => {
    const canonical = { space: { orientation: "canonical" } };
    expect(framesFound(["RAS 60 3", "PIR 70 1"], leftRight, canonical)).toEqual([]);
  });
});
