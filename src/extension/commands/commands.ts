import type { Gyrus } from "../gyrus";
import type { CommandTable } from "./commandTable";
import { createDemo } from "./createDemo";
import { doctor } from "./doctor";
import { installGpuEngine } from "./installGpuEngine";
import { newExperiment } from "./newExperiment";
import {
  compare,
  openExperiment,
  openLog,
  openPanel,
  openWalkthrough,
  previewInputs,
  reveal,
  showArchitecture,
  showTransposition,
} from "./openCommands";
import { interpret, predict, showResults } from "./resultCommands";
import { cancel, kill, resume, stop, train } from "./trainingCommands";

/** What each command of the manifest does. */
export function commandTable(gyrus: Gyrus): CommandTable {
  return {
    train: (...given) => train(gyrus, given),
    stop: (...given) => stop(gyrus, given, "batch"),
    stopAfterEpoch: (...given) => stop(gyrus, given, "epoch"),
    kill: (...given) => kill(gyrus, given),
    resume: (...given) => resume(gyrus, given),
    cancel: (...given) => cancel(gyrus, given),
    openPanel: (...given) => openPanel(gyrus, given),
    compare: (...given) => compare(gyrus, given),
    predict: (...given) => predict(gyrus, given),
    showResults: (...given) => showResults(gyrus, given),
    interpret: (...given) => interpret(gyrus, given),
    showArchitecture: (...given) => showArchitecture(gyrus, given),
    showTransposition: (...given) => showTransposition(gyrus, given),
    previewInputs: (...given) => previewInputs(gyrus, given),
    auditData: async (...given) => (await import("./auditData")).auditData(gyrus, given),
    newExperiment: () => newExperiment(gyrus),
    openExperiment: (...given) => openExperiment(gyrus, given),
    openLog: (...given) => openLog(gyrus, given),
    reveal: (...given) => reveal(gyrus, given),
    refresh: () => gyrus.experiments.refresh(),
    createDemo: () => createDemo(gyrus),
    doctor: () => doctor(gyrus),
    installGpuEngine: () => installGpuEngine(gyrus),
    openWalkthrough: () => openWalkthrough(gyrus),
  };
}
