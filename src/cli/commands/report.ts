import { extname, resolve } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { reportHtml } from "../../report/document/html";
import { reportMarkdown } from "../../report/document/markdown";
import type { Text } from "../../report/document/reportDocument";
import { reportOf } from "../../report/document/reportOf";
import { readReportFacts } from "../../report/reading/readReportFacts";
import { defineCommand } from "../command";
import { misuse } from "../commandLine/usageError";

export const report = defineCommand({
  name: "report",
  summary: "Writes a report and model card of a MAPS, of Gyrus or of ClinicaDL: one file for reviewers.",
  arguments: [{ name: "MAPS", text: "folder of a training, of Gyrus or of ClinicaDL", completes: "folder" }],
  options: {
    output: {
      kind: "text",
      value: "FILE",
      default: "report.html",
      text: "file that is written, HTML or (.md) Markdown; one of before is replaced",
      completes: "file",
    },
    "with-people": {
      kind: "flag",
      text: "with ids of participants: who was answered wrongly, and whom the audit names",
    },
  },
  remarks: [
    "Nothing but the file itself is needed to read it. Without --with-people no id, no path of this machine and no picture of a single person stands in it.",
    "docs/results.md says what the figures are. The items of CLAIM and TRIPOD+AI that a MAPS cannot answer are listed as yours to write.",
  ],
  examples: ["report maps", "report maps --output report.md"],
  async run({ MAPS }, options, terminal) {
    const ending = extname(options.output).toLowerCase();
    if (ending !== ".html" && ending !== ".md") throw misuse("usage.report-ending", { file: options.output });
    const output = resolve(options.output);
    const facts = await readReportFacts(resolve(MAPS), (done, of) =>
      terminal.draw(done === of ? "" : terminal.text("averaging-images", { done, of })),
    );
    const plain = (text: Text) => (typeof text === "string" ? text : terminal.words(text));
    const document = reportOf(facts, {
      withPeople: options["with-people"],
      language: terminal.text("numbers"),
      plain,
    });
    await writeAtomically(
      output,
      ending === ".md" ? reportMarkdown(document, plain) : reportHtml(document, plain),
    );
    const problems = facts.groups.flatMap((found) => found.problems);
    for (const one of problems) terminal.warn({ ...one, severity: "warning" });
    const groups = facts.groups.map(({ group, acquaintance }) => ({ group, acquaintance }));
    return {
      result: { file: output, groups, withPeople: options["with-people"] },
      show: () => terminal.say(terminal.text("report-written", { file: output })),
    };
  },
});
