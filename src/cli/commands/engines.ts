import { inspectEngines } from "../../engine/inspectEngines";
import { defineCommand } from "../command";
import { preferred } from "../engines/chooseEngine";
import { engineFolders } from "../engines/engineFolders";
import { describeEngine, reportFor } from "../engines/engineText";

export const engines = defineCommand({
  name: "engines",
  summary: "Lists what can compute here.",
  arguments: [],
  options: {},
  remarks: [
    "TensorFlow is looked for in the folders of GYRUS_ENGINES, in the present folder and in that of `gyrus engines install`.",
  ],
  examples: ["engines", "engines --json"],
  async run(_given, _options, terminal) {
    const reports = await inspectEngines(engineFolders());
    const auto = preferred(reports);
    return {
      result: { auto, engines: reports.map((report) => reportFor(terminal, report)) },
      show: () =>
        terminal.print(
          [
            ...reports.map((report) => describeEngine(terminal, report)),
            terminal.text("auto-takes", { engine: auto }),
          ].join("\n\n"),
        ),
    };
  },
});
