import { resolve } from "node:path";
import { type EngineReport, inspectEngines } from "../../engine/inspectEngines";
import { thisMachine } from "../../engine/tensorflow/machine";
import { engineStorage } from "../../files/engineStorage";
import { parseWords } from "../arguments";
import { preferred } from "../chooseEngine";
import { type Command, EXIT, UsageError } from "../command";
import { engineFolders } from "../engineFolders";
import { installTensorFlow } from "../installTensorFlow";
import { npm } from "../npm";

export const engines: Command = {
  name: "engines",
  usage: "engines [--json] | engines install tensorflow-gpu [--to FOLDER]",
  summary: "Lists what can compute here, or installs TensorFlow for an NVIDIA GPU.",
  help: [
    "--json    prints one JSON object",
    `--to      folder to install into (default ${engineStorage()})`,
    "TensorFlow is looked for in the folders of GYRUS_ENGINES, in the present folder and in that of `install`.",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      json: { type: "boolean", default: false },
      to: { type: "string" },
    });
    const [action, what, extra] = positionals;
    if (action === undefined) {
      if (values.to !== undefined) throw new UsageError("--to belongs to `engines install`.");
      const reports = await inspectEngines(engineFolders());
      const auto = preferred(reports);
      terminal.print(values.json ? JSON.stringify({ auto, engines: reports }) : asText(reports, auto));
      return EXIT.done;
    }
    if (action !== "install") throw new UsageError(`"${action}" is not \`install\`.`);
    if (what !== "tensorflow-gpu") throw new UsageError("tensorflow-gpu is what can be installed.");
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
    const folder = resolve(values.to ?? engineStorage());
    const report = await installTensorFlow(folder, terminal, { machine: thisMachine, npm });
    terminal.print(values.json ? JSON.stringify(report) : describeReport(report));
    return EXIT.done;
  },
};

function asText(reports: readonly EngineReport[], auto: EngineReport["engine"]): string {
  return [...reports.map(describeReport), `\`engine\` auto takes ${auto}.`].join("\n\n");
}

function describeReport({
  engine,
  library,
  version,
  folder,
  devices,
  usable,
  problem,
}: EngineReport): string {
  const name = version === null ? library : `${library} ${version}`;
  return [
    `${usable ? "✓" : "✗"} ${engine}: ${name}`,
    ...(folder === null ? [] : [`  found in    ${folder}`]),
    ...(devices.length === 0 ? [] : [`  computes on ${devices.join(", ")}`]),
    ...(problem === null ? [] : [`  ${problem}`]),
  ].join("\n");
}
