/** Images as people have them. Each case makes its study, runs the command and asks for codes, counts and names. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../src/run/exitCodes";
import { ask, type CaseStudy, findingOf, writeCase } from "../support/caseStudy";

const train = ({ experiment, maps }: CaseStudy, ...words: string[]) =>
  ask("train", experiment, "--output", maps, ...words);

const LAS = { voxel: [-1, 1, 1] } as const;

describe("01 mixed orientation", () => {
  it("is refused where it follows the label, with its figure, and writes nothing", async () => {
    const study = await writeCase({ storage: (index) => (index % 2 === 0 ? LAS : {}) });
    const answer = await train(study);
    expect(answer.exit).toBe(EXIT.badInput);
    const { severity, message } = findingOf(answer, "space.orientation-tells-class");
    expect(severity).toBe("error");
    expect(message).toMatch(/1\.00.*LAS \(AD 5\), RAS \(CN 4\)/);
    expect(existsSync(study.maps)).toBe(false);
  });

  it("is let pass when that is asked for, and when the images are turned as they are read", async () => {
    const storage = (index: number) => (index % 2 === 0 ? LAS : {});
    const accepted = await train(await writeCase({ storage }), "--accept-space");
    expect(accepted.exit).toBe(EXIT.done);
    expect(findingOf(accepted, "space.orientation-tells-class").severity).toBe("warning");
    const turned = await train(await writeCase({ storage, keys: { space: { orientation: "canonical" } } }));
    expect(turned.exit).toBe(EXIT.done);
    expect(turned.problems.map(({ code }) => code)).not.toContain("space.orientation-tells-class");
  });

  it("is a warning with counts and people where only some images are stored otherwise", async () => {
    const answer = await train(await writeCase({ storage: (index) => (index === 2 ? LAS : {}) }));
    expect(answer.exit).toBe(EXIT.done);
    const { severity, message } = findingOf(answer, "space.orientation-mixed");
    expect(severity).toBe("warning");
    expect(message).toMatch(/RAS in 8, LAS in 1 \(sub-003/);
  });
});

describe("03 mixed voxel size", () => {
  it("is a warning that names the image and both sizes", async () => {
    const answer = await train(
      await writeCase({ storage: (index) => (index === 2 ? { voxel: [2, 2, 2] } : {}) }),
    );
    expect(answer.exit).toBe(EXIT.done);
    const { severity, message } = findingOf(answer, "space.voxel-size-mixed");
    expect(severity).toBe("warning");
    expect(message).toMatch(/1 x 1 x 1 mm in 8, 2 x 2 x 2 mm in 1 \(sub-003/);
  });

  it("is refused where it follows the label", async () => {
    const answer = await train(
      await writeCase({ storage: (index) => (index % 2 === 0 ? { voxel: [2, 2, 2] } : {}) }),
    );
    expect(answer.exit).toBe(EXIT.badInput);
    expect(findingOf(answer, "space.voxel-size-tells-class").severity).toBe("error");
  });
});

describe("07 diagnoses that differ by case", () => {
  it("are refused with the values, how often they occur, and where", async () => {
    const study = await writeCase({
      people: 12,
      diagnosis: (index) => ["AD", "CN", "ad", "cn"][index % 4]!,
    });
    const answer = await train(study);
    expect(answer.exit).toBe(EXIT.badInput);
    const { message } = findingOf(answer, "column.spellings");
    for (const value of ["AD", "CN", "ad", "cn"]) expect(message).toContain(`"${value}" × 3`);
    expect(existsSync(study.maps)).toBe(false);
  });
});

describe("09 bytes after the end of a gzip stream", () => {
  it("are ignored, as gzip does, with a notice of whose they are", async () => {
    const study = await writeCase();
    appendFileSync(study.image(2), "garbage that a transfer has left");
    const answer = await train(study);
    expect(answer.exit).toBe(EXIT.done);
    expect(answer.said).toContain("training: 6 sessions of 6 people");
    const { severity, message } = findingOf(answer, "audit.trailing-bytes");
    expect(severity).toBe("notice");
    expect(message).toMatch(/1 of 9 .*sub-003/);
  });
});

describe("10 what stands in place of an image", () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
  const annex = "/annex/objects/SHA256E-s1--00.nii.gz\n";
  it.each([
    ["a pointer of Git LFS", "file.lfs-pointer", (file: string) => writeFileSync(file, pointer)],
    ["a pointer of git-annex", "file.annex-pointer", (file: string) => writeFileSync(file, annex)],
    ["an empty file", "file.empty", (file: string) => writeFileSync(file, "")],
  ])("%s is named, with the person", async (_, code, replace) => {
    const study = await writeCase();
    replace(study.image(2));
    const answer = await train(study);
    expect(answer.exit).toBe(EXIT.badInput);
    const found = findingOf(answer, code);
    expect(found.message).toContain("sub-003");
    expect(found.file).toBe(study.image(2));
    expect(existsSync(study.maps)).toBe(false);
  });

  it.skipIf(process.platform === "win32").each([
    ["a dead link", "file.dead-link", "../elsewhere/gone.nii.gz"],
    ["a link into git-annex", "file.annex-pointer", "../../../.git/annex/objects/gone.nii.gz"],
  ])("%s is named, and trains once the content is there", async (_, code, target) => {
    const study = await writeCase();
    const content = readFileSync(study.image(2));
    rmSync(study.image(2));
    symlinkSync(target, study.image(2));
    const answer = await train(study);
    expect(answer.exit).toBe(EXIT.badInput);
    expect(findingOf(answer, code).message).toContain("sub-003");
    rmSync(study.image(2));
    writeFileSync(study.image(2), content);
    expect((await train(study)).exit).toBe(EXIT.done);
  });
});

describe("one scan under two names", () => {
  it("is refused where one trains and the other validates, and let pass when that is asked for", async () => {
    const study = await writeCase();
    copyFileSync(study.image(0), study.image(8));
    const answer = await train(study);
    expect(answer.exit).toBe(EXIT.badInput);
    expect(findingOf(answer, "audit.same-scan-in-sets").message).toMatch(/sub-001 .*= sub-009/);
    expect(existsSync(study.maps)).toBe(false);
    expect((await train(study, "--accept-leaks")).exit).toBe(EXIT.done);
  });
});
