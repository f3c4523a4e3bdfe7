import { resolve } from "node:path";
import { thisMachine } from "../../engine/tensorflow/library/machine";
import { engineStorage } from "../../files/engineStorage";
import { defineCommand } from "../command";
import { describeEngine, reportFor } from "../engines/engineText";
import { installNode, NODE_VERSION, thisNodeInstallation } from "../engines/installNode";
import { installTensorFlow } from "../engines/installTensorFlow";
import { npm } from "../engines/npm";

export const installEngine = defineCommand({
  name: "engines install",
  summary: "Installs where Gyrus finds it what an engine needs that Gyrus does not bring.",
  arguments: [
    {
      name: "WHAT",
      text: "`tensorflow-gpu`: TensorFlow for an NVIDIA card up to Ampere; `node`: a Node.js for the engine webgpu in the desktop's VS Code",
      choices: ["tensorflow-gpu", "node"],
    },
  ],
  options: {
    to: {
      kind: "text",
      value: "FOLDER",
      text: "folder to install into, instead of one of your own that Gyrus knows",
      completes: "folder",
    },
  },
  examples: ["engines install tensorflow-gpu", "engines install node"],
  async run({ WHAT: what }, { to }, terminal) {
    const folder = resolve(to ?? engineStorage());
    if (what === "node") {
      const file = await installNode(folder, terminal, thisNodeInstallation);
      return {
        result: { node: file, version: NODE_VERSION },
        show: () => terminal.print(terminal.text("node-installed", { version: NODE_VERSION, file })),
      };
    }
    const report = await installTensorFlow(folder, terminal, { machine: thisMachine, npm });
    return {
      result: reportFor(terminal, report),
      show: () => terminal.print(describeEngine(terminal, report)),
    };
  },
});
