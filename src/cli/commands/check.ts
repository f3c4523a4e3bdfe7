import { resolve } from "node:path";
import { asksForGpu } from "../../experiment/file/resolve";
import { InputError } from "../../experiment/problems/problem";
import { ENGINES } from "../../experiment/schema/schema";
import { newMapsProblems } from "../../maps/folder/createMaps";
import { checkRun } from "../../training/run/checkRun";
import { describeSets } from "../../training/run/describeSets";
import { stepJobOf } from "../../training/run/stepTiming";
import { defineCommand } from "../command";
import { ACCEPT_OPTIONS, acceptedBy } from "../commandLine/acceptOptions";
import { DEVICE_OPTION } from "../commandLine/deviceOption";
import { EXPERIMENT_ARGUMENT } from "../commandLine/experimentArgument";
import { checkProgress, loadExperiment, trainingEngine, warnOfNoGpu } from "../runExperiment";

export const check = defineCommand({
  name: "check",
  summary: "Checks everything that is checked before a training, and stops there.",
  arguments: [EXPERIMENT_ARGUMENT],
  options: {
    output: {
      kind: "text",
      value: "MAPS",
      text: "folder that the training would make",
      completes: "folder",
    },
    strict: { kind: "flag", text: "refuse an experiment with keys that are not known or do nothing" },
    engine: { kind: "choice", choices: ENGINES, text: "instead of the experiment's" },
    device: DEVICE_OPTION,
    ...ACCEPT_OPTIONS,
  },
  remarks: [
    "Exit code 0: `gyrus train` would begin. Else that with which it would end, and the reasons are printed.",
  ],
  examples: ["check ad-cn.experiment.json", "check ad-cn.experiment.json --json"],
  async run({ EXPERIMENT: file }, options, terminal) {
    const experiment = await loadExperiment(file, terminal, { strict: options.strict });
    const taken = options.output === undefined ? [] : await newMapsProblems(resolve(options.output));
    if (taken.length > 0) throw new InputError(taken);
    const { prepared, problems } = await checkRun(experiment, {
      accepted: acceptedBy(options),
      onHeader: checkProgress(terminal, "reading-headers"),
      onCheck: checkProgress(terminal, "checking-images"),
      onCompare: checkProgress(terminal, "comparing-images"),
    });
    for (const one of problems) terminal.warn(one);
    for (const one of describeSets(prepared.plan)) terminal.tell(one);
    const choose = await trainingEngine(experiment, options, null, terminal);
    const { library, version, device } = (await choose(stepJobOf(prepared))).description;
    warnOfNoGpu(await asksForGpu(file), device, terminal);
    const { plan, network, networks } = prepared;
    return {
      result: {
        architecture: network.architecture,
        inputSize: plan.inputSize,
        networks: networks.length,
        classes: plan.classes,
        engine: { library, version, device },
        splits: plan.splits.map(({ split, flow }) => ({ split, ...flow })),
      },
      show: () => terminal.print(terminal.text("may-train")),
    };
  },
});
