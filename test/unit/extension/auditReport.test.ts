import { describe, expect, it } from "vitest";
import { auditReport } from "../../../src/extension/commands/auditReport";
import { readAudit } from "../../../src/extension/commands/replies";

const found = (severity: string, message: string) => ({
  code: "audit.same-scan",
  severity,
  file: "/study/caps",
  where: null,
  key: null,
  message,
  remedy: "Keep one row of each.",
});
const replyOf = (...findings: object[]) => {
  const reply = readAudit(
    JSON.stringify({ ok: true, result: { scans: 40, people: 38, read: 40, findings } }),
  );
  if (!reply?.ok) throw new Error("is no reply of an audit");
  return reply.result;
};

describe("the report of an audit", () => {
  it("tells the findings under their severity, with place and remedy", () => {
    const page = auditReport(
      "/study/a_b.experiment.json",
      replyOf(found("error", "1 scans *twice*."), found("notice", "The class follows site.")),
    );
    expect(page).toContain("# Data of a\\_b.experiment.json");
    expect(page).toContain("40 images of 38 people; 40 of them were read voxel by voxel.");
    expect(page).toContain(
      "## What must not be trained on\n\n- **1 scans \\*twice\\*.**  \n  Keep one row of each.  \n  `caps`",
    );
    expect(page).toContain("## Worth knowing\n\n- **The class follows site.**");
    expect(page).not.toContain("## What may be wrong");
    expect(page).toContain("An error stops a training.");
  });

  it("shows names of the program as code, and files elsewhere whole", () => {
    const elsewhere = { ...found("error", "Set `tsv_path`."), file: "/data/caps", where: "row 3" };
    const reply = replyOf({
      ...elsewhere,
      remedy: "--accept-leaks lets it pass, as `gyrus tsv split` does.",
    });
    expect(auditReport("/study/a.experiment.json", reply)).toContain(
      "- **Set `tsv_path`.**  \n  `--accept-leaks` lets it pass, as `gyrus tsv split` does.  \n  `/data/caps: row 3`",
    );
  });

  it("says that nothing was found", () => {
    const page = auditReport("a.experiment.json", replyOf());
    expect(page).toContain("Nothing was found.");
    expect(page).not.toContain("stops a training");
  });

  it("is not made of what is no reply", () => {
    expect(readAudit("nothing")).toBeNull();
    expect(readAudit(JSON.stringify({ ok: true, result: { scans: 1 } }))).toBeNull();
  });
});
