import { resolve } from "node:path";
import { auditStudy } from "../../audit/report";
import { readExperiment } from "../../experiment/file/resolve";
import { InputError } from "../../experiment/problems/problem";
import type { ReplyProblem } from "../../run/commandReply";
import { EXIT } from "../../run/exitCodes";
import { describeSets } from "../../training/run/describeSets";
import { type CommandTerminal, defineCommand } from "../command";
import { ACCEPT_OPTIONS, acceptedBy } from "../commandLine/acceptOptions";
import { EXPERIMENT_ARGUMENT } from "../commandLine/experimentArgument";
import { checkProgress } from "../runExperiment";

export const audit = defineCommand({
  name: "audit",
  summary:
    "Reports what is wrong with the data of an experiment: leaks, copies, confounds, how images are stored.",
  arguments: [EXPERIMENT_ARGUMENT],
  options: {
    maps: {
      kind: "text",
      value: "MAPS",
      text: "also the data groups of this MAPS, such as its test group",
      completes: "folder",
    },
    ...ACCEPT_OPTIONS,
  },
  remarks: [
    "Reads every table, header and voxel, and trains nothing. Exit code 0: no error was found; 1: one was, such as a leak.",
    "With --json, `ok` is true whatever was found: the findings stand in the result.",
    "docs/audit.md says what is checked, and why.",
  ],
  examples: ["audit ad-cn.experiment.json", "audit ad-cn.experiment.json --maps maps --json"],
  async run({ EXPERIMENT: file }, options, terminal) {
    const { experiment, problems } = await readExperiment(file);
    if (experiment === null) throw new InputError(problems);
    const report = await auditStudy({
      experiment,
      maps: options.maps === undefined ? null : resolve(options.maps),
      accepted: acceptedBy(options),
      onCheck: checkProgress(terminal, "checking-images"),
      onCompare: checkProgress(terminal, "comparing-images"),
    });
    const findings = [...problems, ...report.findings].map((found) => terminal.reply(found));
    const errors = findings.filter(({ severity }) => severity === "error");
    const { scans, people, read } = report;
    for (const one of describeSets(report)) terminal.tell(one);
    const splits = report.splits.map(({ split, flow }) => ({ split, ...flow }));
    return {
      result: { scans, people, read, splits, findings },
      show: () => show(findings, { scans, people }, terminal),
      exit: errors.length > 0 ? EXIT.failed : EXIT.done,
    };
  },
});

function show(
  findings: readonly ReplyProblem[],
  counts: { readonly scans: number; readonly people: number },
  terminal: CommandTerminal,
): void {
  for (const { severity, file, where, message, remedy } of findings) {
    const place = [file, where].filter((part) => part !== null).join(": ");
    const lines = [terminal.text(severity, { problem: message }), remedy, place];
    terminal.print(lines.filter((line) => line !== "").join("\n  "));
  }
  const of = (asked: ReplyProblem["severity"]) =>
    findings.filter(({ severity }) => severity === asked).length;
  terminal.print(
    terminal.text("audited", {
      ...counts,
      errors: of("error"),
      warnings: of("warning"),
      notices: of("notice"),
    }),
  );
}
