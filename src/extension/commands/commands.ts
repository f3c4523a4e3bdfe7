import type { Gyrus } from "../gyrus";
import type { CommandTable } from "./commandTable";

// Loaded when it is run: what nobody runs costs the start of the editor nothing.
const training = () => import("./trainingCommands");
const opening = () => import("./openCommands");
const cluster = () => import("./submitCommands");
const wholes = () => import("./mapsCommands");
const results = () => import("./resultCommands");

/** What each command of the manifest does. */
export function commandTable(gyrus: Gyrus): CommandTable {
  return {
    train: async (...given) => (await training()).train(gyrus, given),
    stop: async (...given) => (await training()).stop(gyrus, given, "batch"),
    stopAfterEpoch: async (...given) => (await training()).stop(gyrus, given, "epoch"),
    kill: async (...given) => (await training()).kill(gyrus, given),
    resume: async (...given) => (await training()).resume(gyrus, given),
    cancel: async (...given) => (await training()).cancel(gyrus, given),
    startNow: async (...given) => (await training()).startNow(gyrus, given),
    moveUp: async (...given) => (await training()).moveUp(gyrus, given),
    submit: async (...given) => (await cluster()).submit(gyrus, given),
    submitAgain: async (...given) => (await cluster()).submitAgain(gyrus, given),
    cancelJobs: async (...given) => (await import("./cancelJobs")).cancelJobs(gyrus, given),
    openPanel: async (...given) => (await opening()).openPanel(gyrus, given),
    compare: async (...given) => (await opening()).compare(gyrus, given),
    openRuns: async () => (await wholes()).openRuns(gyrus),
    renameMaps: async (...given) => (await wholes()).renameMaps(gyrus, given),
    deleteMaps: async (...given) => (await wholes()).deleteMaps(gyrus, given),
    restoreMaps: async () => (await wholes()).restoreMaps(gyrus),
    sortExperiments: () => gyrus.tree.askOrder(),
    filterExperiments: () => gyrus.tree.askFilter(),
    clearExperimentFilter: async () => gyrus.tree.setFilter(""),
    showArchived: () => gyrus.tree.showArchived(true),
    hideArchived: () => gyrus.tree.showArchived(false),
    predict: async (...given) => (await import("./predictData")).predict(gyrus, given),
    showResults: async (...given) => (await results()).showResults(gyrus, given),
    interpret: async (...given) => (await import("./explainPredictions")).interpret(gyrus, given),
    writeReport: async (...given) => (await import("./writeReport")).writeReport(gyrus, given),
    showArchitecture: async (...given) => (await opening()).showArchitecture(gyrus, given),
    showTransposition: async (...given) => (await opening()).showTransposition(gyrus, given),
    previewInputs: async (...given) => (await opening()).previewInputs(gyrus, given),
    openSideBySide: async (...given) => (await import("./openSideBySide")).openSideBySide(given),
    auditData: async (...given) => (await import("./auditData")).auditData(gyrus, given),
    clearCache: async (...given) => (await import("./clearCache")).clearCache(gyrus, given),
    makeSplits: async (...given) => (await import("./newExperiment/makeSplits")).makeSplits(gyrus, given),
    newExperiment: async () => (await import("./newExperiment/newExperiment")).newExperiment(gyrus),
    openExperiment: async (...given) => (await opening()).openExperiment(gyrus, given),
    openLog: async (...given) => (await opening()).openLog(gyrus, given),
    reveal: async (...given) => (await opening()).reveal(gyrus, given),
    refresh: () => gyrus.experiments.refresh(),
    createDemo: async () => (await import("./createDemo")).createDemo(gyrus),
    doctor: async () => (await import("./doctor")).doctor(gyrus),
    installGpuEngine: async () => (await import("./installGpuEngine")).installGpuEngine(gyrus),
    openWalkthrough: async () => (await opening()).openWalkthrough(gyrus),
  };
}
