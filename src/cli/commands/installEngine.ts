import { resolve } from "node:path";
import { thisMachine } from "../../engine/tensorflow/library/machine";
import { engineStorage } from "../../files/engineStorage";
import { defineCommand } from "../command";
import { describeEngine, reportFor } from "../engines/engineText";
import { installTensorFlow } from "../engines/installTensorFlow";
import { npm } from "../engines/npm";

export const installEngine = defineCommand({
  name: "engines install",
  summary: "Installs TensorFlow for an NVIDIA GPU where Gyrus finds it.",
  arguments: [{ name: "ENGINE", text: "what is installed", choices: ["tensorflow-gpu"] }],
  options: {
    to: {
      kind: "text",
      value: "FOLDER",
      text: "folder to install into, instead of one of your own that Gyrus knows",
      completes: "folder",
    },
  },
  examples: ["engines install tensorflow-gpu"],
  async run(_given, { to }, terminal) {
    const folder = resolve(to ?? engineStorage());
    const report = await installTensorFlow(folder, terminal, { machine: thisMachine, npm });
    return {
      result: reportFor(terminal, report),
      show: () => terminal.print(describeEngine(terminal, report)),
    };
  },
});
