import { resolve } from "node:path";
import { ENGINES } from "../../experiment/schema";
import { type InterpretationMethod, interpretGroup } from "../../training/explanation/interpretGroup";
import { oneOf, parseWords, wholeNumber } from "../arguments";
import { chooseEngine } from "../chooseEngine";
import { type Command, EXIT, UsageError } from "../command";
import { engineFolders } from "../engineFolders";
import { stopSignal } from "../stopSignal";

const METHODS: readonly InterpretationMethod[] = ["gradients", "grad-cam"];

export const interpret: Command = {
  name: "interpret",
  usage:
    "interpret MAPS GROUP NAME gradients|grad-cam [--caps CAPS --tsv TSV] [--node CODE] [--level N] [--json]",
  summary:
    "Shows where in the images the answers of a MAPS come from: a map for each participant and their mean.",
  help: [
    "GROUP               data group, as for `gyrus predict`; a group that the MAPS knows needs neither --caps nor --tsv",
    "NAME                the maps go to interpret-<NAME> beside the results of the group",
    "--node              the output that is explained: a class code (default 0)",
    "--level             grad-cam: how many layers of `convolutions` come before the features (default: all)",
    "--caps, --tsv, --diagnoses, --no-labels",
    "                    as for `gyrus predict`",
    "--split             only this split (may be given several times)",
    "--selection         only the models of this selection metric (may be given several times)",
    "--skip-leak-check   also for participants that the networks were trained or chosen on",
    "--save-tensors      the maps as PyTorch tensors too",
    "--overwrite         replace maps of the same name",
    "--engine            auto, onnx or tensorflow",
    "--json              prints one JSON object",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      node: { type: "string" },
      level: { type: "string" },
      caps: { type: "string" },
      tsv: { type: "string" },
      diagnoses: { type: "string", multiple: true },
      "no-labels": { type: "boolean", default: false },
      split: { type: "string", multiple: true },
      selection: { type: "string", multiple: true },
      "skip-leak-check": { type: "boolean", default: false },
      "save-tensors": { type: "boolean", default: false },
      overwrite: { type: "boolean", default: false },
      engine: { type: "string", default: "auto" },
      json: { type: "boolean", default: false },
    });
    const [maps, group, name, word, extra] = positionals;
    if (maps === undefined || group === undefined || name === undefined || word === undefined) {
      throw new UsageError("MAPS, GROUP, NAME and a method are needed.");
    }
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
    const method = METHODS.find((candidate) => candidate === word);
    if (method === undefined) throw new UsageError(`The method is ${METHODS.join(" or ")}, not "${word}".`);
    const engine = await chooseEngine(oneOf("engine", values.engine, ENGINES) ?? "auto", {
      threads: 0,
      folders: engineFolders(),
    });
    const { signal, release } = stopSignal(terminal.say, { step: "batch" });
    try {
      const outcome = await interpretGroup(
        {
          maps: resolve(maps),
          group,
          name,
          method,
          node: wholeNumber("node", values.node, 0) ?? 0,
          level: wholeNumber("level", values.level, 1),
          caps: values.caps,
          tsv: values.tsv,
          diagnoses: values.diagnoses,
          label: values["no-labels"] ? null : undefined,
          splits: values.split?.map((text) => wholeNumber("split", text, 0) ?? 0),
          metrics: values.selection,
          skipLeakCheck: values["skip-leak-check"],
          saveTensors: values["save-tensors"],
          overwrite: values.overwrite,
        },
        {
          engine,
          signal,
          onNotice: terminal.say,
          onProgress: (done, of) => terminal.draw(done === of ? "" : `interpreting ${done}/${of}`),
        },
      );
      if (values.json) {
        const { stopped: _, ...printed } = outcome;
        terminal.print(JSON.stringify(printed));
      } else for (const folder of outcome.folders) terminal.say(folder);
      return outcome.stopped ? EXIT.stopped : EXIT.done;
    } finally {
      release();
    }
  },
};
