/** What a graphics card needs that Gyrus does not bring, installed into the folder of the user where every trainer finds it. */
import { commands, l10n, window, workspace } from "vscode";
import { engineStorage } from "../../files/engineStorage";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { confirm, notify } from "../report";
import type { ProgramResult } from "../trainer/shortProgram";
import { nodeHere } from "../trainer/supervise";
import { lastLines } from "../trainer/trainerLog";
import type { CommandId } from "./commandTable";
import { hasGpuEngine, hasNodePackage, installationNeeds, nodeNeeds } from "./engineWords";
import { runWithProgress, showLog } from "./runWithProgress";

/** Where an installation goes on: two npm in one folder would disturb each other. */
const installing = new WeakSet<Gyrus>();

export async function installGpuEngine(gyrus: Gyrus): Promise<void> {
  if (!mayInstall(gyrus)) return;
  // The desktop's VS Code without another Node trains on no card: that comes first, and TensorFlow may be meant all the same.
  const missing = (await nodeHere()) === null && hasNodePackage(process.platform, process.arch);
  const what = missing ? await pickWhat() : "tensorflow-gpu";
  if (what === undefined) return;
  if (what === "tensorflow-gpu" && !hasTensorFlow()) return;
  const folder = engineStorage();
  const install = l10n.t("Install");
  const [question, detail] =
    what === "node"
      ? [l10n.t("Install a Node.js that trains on graphics cards?"), nodeNeeds(folder)]
      : [l10n.t("Install TensorFlow for an NVIDIA GPU?"), installationNeeds(folder)];
  if (!(await confirm("information", question, { detail, yes: install }))) return;
  // The question may have been asked twice.
  if (!mayInstall(gyrus)) return;
  installing.add(gyrus);
  try {
    const words = ["engines", "install", what, "--to", folder, "--json"];
    const result = await runWithProgress(gyrus, words, l10n.t("Installing the GPU engine"));
    if (result !== null) await (what === "node" ? tellNode(gyrus, result) : tellEnd(gyrus, result));
  } finally {
    installing.delete(gyrus);
  }
}

/** Undefined where nothing was picked. */
async function pickWhat(): Promise<"node" | "tensorflow-gpu" | undefined> {
  const items = [
    {
      label: "Node.js",
      detail: l10n.t("For any graphics card: the Node.js inside VS Code cannot read from one."),
      what: "node",
    },
    {
      label: "TensorFlow",
      detail: l10n.t("For NVIDIA cards up to Ampere with CUDA 11.2."),
      what: "tensorflow-gpu",
    },
  ] as const;
  return (await window.showQuickPick(items, { title: l10n.t("Install GPU Engine") }))?.what;
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
  if (installing.has(gyrus)) {
    notify("information", l10n.t("The GPU engine is being installed already."), [showLog(gyrus)]);
    return false;
  }
  return true;
}

function hasTensorFlow(): boolean {
  if (hasGpuEngine(process.platform, process.arch)) return true;
  const system = `${process.platform} ${process.arch}`;
  const message = l10n.t(
    "There is no TensorFlow for the GPU of this system ({0}): it needs Linux or Windows on x64. The engine webgpu needs no installation: it trains on any graphics card.",
    system,
  );
  notify("information", message);
  return false;
}

async function tellNode(gyrus: Gyrus, { output, messages }: ProgramResult): Promise<void> {
  const { readInstalledNode } = await import("./replies");
  const reply = readInstalledNode(output);
  if (reply?.ok === true) {
    const done = l10n.t(
      "Node.js {0} is installed: trainings can use the graphics card now.",
      reply.result.version,
    );
    notify("information", done, [doctor()]);
  } else tellFailure(gyrus, reply === null ? lastLines(messages) : problemWords(reply.problems));
}

async function tellEnd(gyrus: Gyrus, { output, messages }: ProgramResult): Promise<void> {
  const { readInstalled } = await import("./replies");
  const reply = readInstalled(output);
  if (reply?.ok !== true) {
    tellFailure(gyrus, reply === null ? lastLines(messages) : problemWords(reply.problems));
    return;
  }
  const { version, devices, usesGpu, problem } = reply.result;
  const done = l10n.t("TensorFlow {0} is installed. It computes on {1}.", version ?? "", devices.join(", "));
  if (usesGpu) notify("information", done, [doctor()]);
  else notify("warning", `${done} ${problem ?? ""}`.trim(), [showLog(gyrus), doctor()]);
}

function tellFailure(gyrus: Gyrus, reason: string): void {
  const again = { title: l10n.t("Try Again"), run: () => runCommand("gyrus.installGpuEngine") };
  const failed = l10n.t("The GPU engine was not installed.");
  notify("error", `${failed} ${reason}`, [again, showLog(gyrus), doctor()]);
}

const doctor = () => ({ title: l10n.t("Check the Installation"), run: () => runCommand("gyrus.doctor") });

const runCommand = (id: CommandId) => commands.executeCommand(id);
