import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { peopleOf, writeAnsweredMaps } from "../../support/answeredMaps";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { describeWithReference, reference } from "../../support/reference";
import { imageFile, person, writeCaps, writeImage } from "../../support/study";

const TRUTH = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const test = peopleOf(TRUTH, [0.9, 0.8, 0.75, 0.6, 0.4, 0.95, 0.65, 0.3, 0.2, 0.1, 0.45, 0.05], "sub-T").map(
  (row) => ({
    ...row,
    answers: [...row.answers, ...row.answers],
  }),
);
const folds = [peopleOf(TRUTH, [0.9, 0.8, 0.4, 0.6, 0.7, 0.9, 0.3, 0.2, 0.1, 0.6, 0.4, 0.2], "sub-V")];

/** A MAPS with its tables beside it, and where the report goes. */
async function study(json: Readonly<Record<string, unknown>> = {}) {
  const folder = temporaryFolder();
  const maps = join(folder, "maps");
  mkdirSync(join(folder, "split"));
  const rows = test.map(({ id, truth }, i) => [
    id,
    "ses-M000",
    i % 2 === 0 ? "F" : "M",
    String(61.5 + i),
    truth === 0 ? "AD" : "CN",
  ]);
  const table = [["participant_id", "session_id", "sex", "age", "diagnosis"], ...rows];
  writeFileSync(join(folder, "split", "test.tsv"), table.map((cells) => `${cells.join("\t")}\n`).join(""));
  await writeAnsweredMaps(maps, {
    validation: folds,
    groups: { test },
    json: { tsv_path: "../split", caps_directory: "/data/secret/caps", ...json },
  });
  return { folder, maps };
}

async function reportIn(folder: string, maps: string, name: string, ...more: string[]): Promise<string> {
  const output = join(folder, name);
  const { exit, said } = await gyrus("report", maps, "--output", output, ...more);
  expect(exit, said).toBe(0);
  return readFileSync(output, "utf8");
}

describe("gyrus report", () => {
  it("holds the figures of the terminal, in both formats", async () => {
    const { folder, maps } = await study();
    const [html, markdown] = [await reportIn(folder, maps, "r.html"), await reportIn(folder, maps, "r.md")];
    const terminal = (await gyrus("results", maps)).printed;
    const lines = terminal.split("\n").filter((line) => /^(AUC|AP|BA|sensitivity|MCC|Brier|ECE) /.test(line));
    expect(lines).toHaveLength(7);
    for (const line of lines) {
      const [name = "", value = "", interval = "", method = ""] = line.split(/ {2,}/);
      expect(markdown).toContain(`| ${name} | ${value} | ${interval} | ${method} |`);
      expect(html).toContain(`<td>${name}</td><td>${value}</td><td>${interval}</td>`);
    }
  });

  it("says whether the classes are alike, with the p and the effect size of each test", async () => {
    const { folder, maps } = await study();
    const markdown = await reportIn(folder, maps, "r.md");
    // scipy: ttest_ind(equal_var=False) of 61.5 ... 66.5 and 67.5 ... 72.5 has t = -5.555 and p = 0.00024; as many women in both.
    expect(markdown).toContain(
      "| age | 64.00 ± 1.871 | 70.00 ± 1.871 | 0 | Welch | \\< 0.001 | SMD -3.207 |",
    );
    expect(markdown).toContain("| sex | F 3, M 3 | F 3, M 3 | 0 | Fisher, exact | 1.000 | V 0.000 |");
  });

  it("corrects ages as the terminal does", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const aged = (id: string, truth: number, above = 0) => ({
      id,
      truth,
      answers: [[truth / 2 + 36 + above]],
    });
    await writeAnsweredMaps(maps, {
      ages: true,
      metric: "loss",
      validation: [[60, 66, 70, 78].map((age, i) => aged(`sub-v${i}`, age))],
      groups: { test: [62, 68, 74].map((age, i) => aged(`sub-t${i}`, age, 2)) },
    });
    const markdown = await reportIn(folder, maps, "r.md");
    const terminal = (await gyrus("results", maps)).printed;
    for (const name of ["MAE_cole", "gap_cole", "gap_beheshti"]) {
      const [, value = ""] = terminal
        .split("\n")
        .find((line) => line.startsWith(name))!
        .split(/ {2,}/);
      expect(markdown).toContain(`| ${name.replaceAll("_", "\\_")} | ${value} |`);
    }
  });

  it("names nobody and no place of the machine, unless it is asked for people", async () => {
    const { folder, maps } = await study();
    for (const name of ["r.html", "r.md"]) {
      const text = await reportIn(folder, maps, name);
      expect(text).not.toMatch(/sub-[TV]/);
      expect(text).not.toContain("/data/secret");
      expect(text).not.toContain(folder);
    }
    const named = await reportIn(folder, maps, "people.md", "--with-people");
    // One of AD had 0.4, one of CN 0.65: the surer one first.
    expect(named.indexOf("sub-T0006")).toBeLessThan(named.indexOf("sub-T0004"));
    expect(named).not.toContain("sub-T0000");
  });

  it("needs nothing from outside and runs nothing", async () => {
    const { folder, maps } = await study();
    const html = await reportIn(folder, maps, "r.html");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|javascript:/i);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].every(([, target]) => target?.startsWith("#"))).toBe(
      true,
    );
    expect(html).toContain("default-src 'none'");
    // The style is the one whose hash the policy names, and nothing has a style of its own.
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
    expect(html).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(html).not.toMatch(/unsafe-inline|\sstyle=/);
    const ids = new Set([...html.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id));
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it("shows the mean map of five people and more, and nobody's own", async () => {
    const { folder, maps } = await study();
    const own = join(maps, "split-0", "best-BA", "test", "interpret-why");
    const mapAt = (name: string) =>
      writeImage(join(own, `${name}_map.nii.gz`), (voxel) => voxel - 9, [3, 4, 5]);
    await mapAt("mean_image-0");
    for (let i = 0; i < 4; i++) await mapAt(`sub-T000${i}_ses-M000_image-0`);
    writeFileSync(join(own, "interpretation.json"), JSON.stringify({ method: "gradients", node: 1 }));
    // Two sessions of a person are one person.
    await mapAt("sub-T0003_ses-M012_image-0");
    expect(await reportIn(folder, maps, "few.html")).not.toContain("<img");
    await mapAt("sub-T0004_ses-M000_image-0");
    const html = await reportIn(folder, maps, "r.html");
    expect(html).toContain("test, split-0/best-BA: why, of the answer CN");
    expect(html).toContain("Mean map of 5 people");
    // Three planes, and which value a colour stands for.
    expect(html.match(/<img src="data:image\/png;base64,[\w+/=]+" /g)).toHaveLength(4);
    expect(html).not.toMatch(/sub-T/);
    expect(await reportIn(folder, maps, "r.md")).toContain("| highest | 50 |");
    // Under it the people themselves, where the images of enough of them are there.
    expect(html).toContain(
      "images of 0 people were found where the MAPS says, on one grid, and 5 are needed",
    );
    const rows = test.slice(0, 7).map(({ id }) => person(id, "AD"));
    await writeCaps(join(folder, "caps"), rows);
    await writeImage(imageFile(join(folder, "caps"), rows[6]!.participant_id!), (voxel) => voxel, [6, 5, 3]);
    const both = await reportIn(folder, maps, "both.html");
    expect(both).toContain("Mean image of 6 people in the same planes");
    expect(both).toContain("6 people are not in it");
    expect(both.match(/<img /g)).toHaveLength(8);
    expect(both).not.toMatch(/sub-T/);
    expect(both).not.toContain(folder);
  });

  it("divides people by what the tables say of them, and leaves to the authors what no file says", async () => {
    const { folder, maps } = await study();
    const text = await reportIn(folder, maps, "r.md");
    expect(text).toMatch(/^\| sex \| F \| 6 \| /m);
    expect(text).toMatch(/^\| age \| 60 – 69 \| 9 \| /m);
    expect(text).toMatch(/^\| CLAIM 44 \| funding \| yours to write \|$/m);
    expect(text).toMatch(/^\| CLAIM 29 \| uncertainty of the measures \| Results \|$/m);
  });

  it("writes text of a MAPS as text", async () => {
    const { folder, maps } = await study({ label: "<script>alert(1)</script>" });
    const html = await reportIn(folder, maps, "r.html");
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
  });

  it("counts what else was tried beside it, and refuses an ending that it cannot write", async () => {
    const { folder, maps } = await study();
    await writeAnsweredMaps(join(folder, "other"), { groups: { test }, json: { tsv_path: "../split" } });
    expect(await reportIn(folder, maps, "r.md")).toContain("1 other MAPS of this task");
    expect((await gyrus("report", maps, "--output", "report.pdf")).exit).toBe(2);
    const reply = resultOf((await gyrus("report", maps, "--output", join(folder, "r.md"), "--json")).printed);
    expect(reply.groups[0]).toEqual({ group: "test", acquaintance: "unseen" });
  });
});

describeWithReference(
  "gyrus report of a MAPS of ClinicaDL",
  ["reference/maps_image", "reference/maps_ae"],
  () => {
    it.each(["maps_image", "maps_ae"])("is written of %s, without ids and paths", async (name) => {
      const text = await reportIn(temporaryFolder(), reference(`reference/${name}`), "r.html");
      expect(text).toContain("Trained by ClinicaDL.");
      expect(text).not.toMatch(/sub-\d/);
    });
  },
);
