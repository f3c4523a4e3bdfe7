import { resolve } from "node:path";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { groupsWithResults, openResults, readGroupResults } from "../../report/reading/readGroupResults";
import type { GroupResults } from "../../report/results/groupResults";
import { acquaintancePhrase, resultsPhrase, sourcePhrase } from "../../report/results/resultsWords";
import { type CommandTerminal, defineCommand } from "../command";
import { textTable } from "../terminal/textTable";

export const results = defineCommand({
  name: "results",
  summary: "Shows how good the networks of a MAPS are, and on whom: of Gyrus or of ClinicaDL.",
  arguments: [
    { name: "MAPS", text: "folder of a training, of Gyrus or of ClinicaDL", completes: "folder" },
    {
      name: "GROUP",
      text: "name of a data group; without it, that of people whom the networks have not seen, where there is one",
      optional: true,
    },
  ],
  options: {},
  examples: ["results maps", "results maps test --json"],
  async run({ MAPS, GROUP }, _options, terminal) {
    const maps = resolve(MAPS);
    const opened = await openResults(maps);
    const groups = await groupsWithResults(opened);
    const group = GROUP ?? groups[0]?.group;
    if (group === undefined || !groups.some((known) => known.group === group)) {
      const known = groups.map((one) => one.group);
      throw new InputError([
        known.length === 0
          ? problem("results.none", { file: maps })
          : problem("results.no-group", { file: maps }, { group: group ?? "", groups: known }),
      ]);
    }
    const found = await readGroupResults(opened, group);
    for (const one of found.problems) terminal.warn({ ...one, severity: "warning" });
    return {
      result: { ...found, problems: found.problems.map((one) => terminal.reply(one)) },
      show: () => show(found, terminal),
    };
  },
});

function show(found: GroupResults, terminal: CommandTerminal): void {
  const { group, counts, classes } = found;
  const acquaintance = acquaintancePhrase(found.acquaintance, found.knownPeople);
  const byClass = counts.byClass.map(({ people }, code) =>
    terminal.words(resultsPhrase("people-of-class", { name: classes[code] ?? String(code), people })),
  );
  terminal.print(
    [
      terminal.words(resultsPhrase("title-of-group", { group, acquaintance })),
      [terminal.words(resultsPhrase("people", counts)), ...byClass].join("; "),
      "",
      textTable(
        [terminal.words(resultsPhrase("answers"))],
        found.answers.map(({ source }) => [terminal.words(sourcePhrase(source))]),
      ),
    ].join("\n"),
  );
}
