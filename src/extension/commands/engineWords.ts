/** The engines of this machine, in words. */
import { l10n } from "vscode";
import { asCode } from "../plainText";
import type { EngineReport, EnginesReport } from "./replies";

/** A Markdown table, one engine a row. */
export function engineTable({ auto, engines }: EnginesReport): string {
  const head = ["", l10n.t("Version"), l10n.t("Computes on"), l10n.t("Found in"), l10n.t("Usable")];
  const rows = [head, head.map(() => "---"), ...engines.map(engineRow)];
  return [
    rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n"),
    l10n.t("`auto` takes {0}.", `\`${auto}\``),
  ].join("\n\n");
}

function engineRow(report: EngineReport): string[] {
  const { engine, library, version, folder, devices, usable } = report;
  return [
    `${usable ? "✓" : "✗"} ${engine}`,
    version === null ? library : `${library} ${version}`,
    devices.join(", "),
    folder === null ? "" : asCode(folder),
    usability(report),
  ].map(cell);
}

function usability({ version, usable, problem }: EngineReport): string {
  if (version === null) {
    return l10n.t(
      "It is not installed. With an NVIDIA GPU on Linux or Windows, the command “Gyrus: Install GPU Engine” installs it.",
    );
  }
  return [usable ? l10n.t("yes") : l10n.t("no"), ...(problem === null ? [] : [problem])].join(": ");
}

/** A cell ends at a bar and at the end of a line. */
const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s*\r?\n\s*/g, "<br>");

/** What the installation needs and does, said before it begins. */
export function installationNeeds(folder: string): string {
  return [
    l10n.t("TensorFlow trains on an NVIDIA card. It needs:"),
    `• ${l10n.t("Linux or Windows on x64")}`,
    `• ${l10n.t("an NVIDIA card up to Ampere (RTX 30, A100) with a driver of version 450 or later; for later cards use the engine webgpu")}`,
    `• ${l10n.t("CUDA 11.2 and cuDNN 8.1; without them it computes on the processor")}`,
    `• ${l10n.t("npm, which comes with Node.js")}`,
    "",
    l10n.t(
      "Several hundred megabytes are downloaded from the npm registry and storage.googleapis.com, by npm and by the install script of @tensorflow/tfjs-node-gpu, which npm runs.",
    ),
    "",
    l10n.t("Folder: {0}", folder),
  ].join("\n");
}

/** What the installation of a Node does, said before it begins. */
export function nodeNeeds(folder: string): string {
  return [
    l10n.t(
      "The Node.js inside VS Code cannot read from a graphics card. One of the Node.js project is fetched from the npm registry (about 50 MB) and checked against its checksum; trainings and the other commands of Gyrus run in it from then on.",
    ),
    "",
    l10n.t("Folder: {0}", folder),
  ].join("\n");
}

/** Whether `gyrus engines install node` has a Node for such a machine. */
export const hasNodePackage = (platform: NodeJS.Platform, architecture: string): boolean =>
  ["linux-x64", "win32-x64", "darwin-arm64"].includes(`${platform}-${architecture}`);

/** Whether there is a TensorFlow for the GPU of such a machine. */
export function hasGpuEngine(platform: NodeJS.Platform, architecture: string): boolean {
  return (platform === "linux" || platform === "win32") && architecture === "x64";
}
