/** TensorFlow for an NVIDIA GPU, installed into the folder of the user where every trainer finds it, of an editor or a terminal. */
import { commands, l10n, workspace } from "vscode";
import { engineStorage } from "../../files/engineStorage";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { confirm, notify } from "../report";
import type { ProgramResult } from "../trainer/shortProgram";
import { lastLines } from "../trainer/trainerLog";
import type { CommandId } from "./commandTable";
import { hasGpuEngine, installationNeeds } from "./engineWords";
import { runWithProgress, showLog } from "./runWithProgress";

/** Where an installation goes on: two npm in one folder would disturb each other. */
const installing = new WeakSet<Gyrus>();

export async function installGpuEngine(gyrus: Gyrus): Promise<void> {
  if (!mayInstall(gyrus)) return;
  const folder = engineStorage();
  const install = l10n.t("Install");
  const question = l10n.t("Install TensorFlow for an NVIDIA GPU?");
  const detail = installationNeeds(folder);
  if (!(await confirm("information", question, { detail, yes: install }))) return;
  // The question may have been asked twice.
  if (!mayInstall(gyrus)) return;
  installing.add(gyrus);
  try {
    const words = ["engines", "install", "tensorflow-gpu", "--to", folder, "--json"];
    const result = await runWithProgress(gyrus, words, l10n.t("Installing the GPU engine"));
    if (result !== null) await tellEnd(gyrus, result);
  } finally {
    installing.delete(gyrus);
  }
}

/** An installation runs a script that comes over the network, and what it installs is run by trainings. */
function mayInstall(gyrus: Gyrus): boolean {
  if (!workspace.isTrusted) {
    const message = l10n.t(
      "This workspace is not trusted. An installation runs programs; to install the GPU engine, trust the workspace first.",
    );
    const manage = () => commands.executeCommand("workbench.trust.manage");
    notify("warning", message, [{ title: l10n.t("Manage Workspace Trust"), run: manage }]);
    return false;
  }
  if (!hasGpuEngine(process.platform, process.arch)) {
    const system = `${process.platform} ${process.arch}`;
    const message = l10n.t(
      "There is no TensorFlow for the GPU of this system ({0}): it needs Linux or Windows on x64. The engine onnx trains here.",
      system,
    );
    notify("information", message);
    return false;
  }
  if (installing.has(gyrus)) {
    notify("information", l10n.t("The GPU engine is being installed already."), [showLog(gyrus)]);
    return false;
  }
  return true;
}

async function tellEnd(gyrus: Gyrus, { output, messages }: ProgramResult): Promise<void> {
  const doctor = { title: l10n.t("Check the Installation"), run: () => runCommand("gyrus.doctor") };
  const { readInstalled } = await import("./replies");
  const reply = readInstalled(output);
  if (reply?.ok !== true) {
    const again = { title: l10n.t("Try Again"), run: () => runCommand("gyrus.installGpuEngine") };
    const failed = l10n.t("The GPU engine was not installed.");
    notify("error", `${failed} ${reply === null ? lastLines(messages) : problemWords(reply.problems)}`, [
      again,
      showLog(gyrus),
      doctor,
    ]);
    return;
  }
  const { version, devices, usesGpu, problem } = reply.result;
  const done = l10n.t("TensorFlow {0} is installed. It computes on {1}.", version ?? "", devices.join(", "));
  if (usesGpu) notify("information", done, [doctor]);
  else notify("warning", `${done} ${problem ?? ""}`.trim(), [showLog(gyrus), doctor]);
}

const runCommand = (id: CommandId) => commands.executeCommand(id);
