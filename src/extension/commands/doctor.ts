/** Says whether a training can start here, what would compute it, and what to do where not. */
import { availableParallelism } from "node:os";
import { l10n, ProgressLocation, window, workspace } from "vscode";
import type { Gyrus } from "../gyrus";
import { counted } from "../language";
import { settings } from "../settings";
import { runProgram } from "../trainer/shortProgram";
import { gyrusProgram } from "../trainer/supervise";
import { lastLines } from "../trainer/trainerLog";
import { engineTable } from "./engineWords";

interface Check {
  readonly name: string;
  readonly good: boolean;
  readonly found: string;
  readonly remedy?: string;
}

const oldestNode = [20, 19] as const;
/** Milliseconds after which a program that should answer at once is ended. */
const patience = 30_000;

export async function doctor(gyrus: Gyrus): Promise<void> {
  const text = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t("Gyrus checks its installation") },
    () => examine(gyrus),
  );
  gyrus.log.info(text);
  await gyrus.report.show(l10n.t("Installation of Gyrus"), text);
}

/** Markdown. */
async function examine(gyrus: Gyrus): Promise<string> {
  const node = await checkNode(gyrus);
  const trainer = await checkTrainer(gyrus);
  const engines = await listEngines(gyrus);
  const checks = [checkTrust(), node, trainer, tellThreads()];
  const rows = checks.map(({ name, good, found, remedy }) => {
    const mark = good ? "✓" : "✗";
    return `| ${mark} ${name} | ${found}${remedy === undefined ? "" : `<br>**${remedy}**`} |`;
  });
  const choice = settings.engine();
  const chosen =
    choice === "experiment"
      ? l10n.t("The experiment file chooses the engine (`engine`).")
      : l10n.t("The setting `gyrus.engine` chooses the engine: {0}.", choice);
  return [
    `# ${l10n.t("Installation of Gyrus")}`,
    `| | |\n|---|---|\n${rows.join("\n")}`,
    `## ${l10n.t("Engines")}`,
    chosen,
    engines,
  ].join("\n\n");
}

/** What the trainer finds, or what it said instead. */
async function listEngines(gyrus: Gyrus): Promise<string> {
  const { output, messages } = await runProgram(await gyrusProgram(gyrus.context, ["engines", "--json"]), {
    signal: AbortSignal.timeout(patience),
  });
  const { readEngines } = await import("./replies");
  const reply = readEngines(output);
  if (reply?.ok) return engineTable(reply.result);
  const failed = l10n.t("The trainer could not list its engines:");
  return `${failed}\n\n\`\`\`\n${`${output}${messages}`.trim()}\n\`\`\``;
}

function checkTrust(): Check {
  const name = l10n.t("Workspace trust");
  if (workspace.isTrusted) return { name, good: true, found: l10n.t("trusted: trainings may start") };
  const remedy = l10n.t("Trust the workspace (command “Workspaces: Manage Workspace Trust”) to train.");
  return { name, good: false, found: l10n.t("not trusted: look, but no training"), remedy };
}

function tellThreads(): Check {
  const [wanted, processors] = [settings.threads(), availableParallelism()];
  const found =
    wanted === 0
      ? counted("{0} {0|processor|processors}, unless the experiment says otherwise (`threads`)", processors)
      : counted("{0} of {1} {1|processor|processors}, by the setting `gyrus.threads`", wanted, processors);
  return { name: l10n.t("Threads"), good: true, found };
}

async function checkNode(gyrus: Gyrus): Promise<Check> {
  const program = await gyrusProgram(gyrus.context, []);
  const { command } = program;
  const result = await runProgram(
    { ...program, words: ["-p", "process.versions.node"] },
    { signal: AbortSignal.timeout(patience) },
  );
  const version = result.output.trim();
  const name = "Node.js";
  const remedy = l10n.t(
    "Correct the setting `gyrus.nodePath`, or empty it to take the Node.js inside VS Code.",
  );
  if (result.code !== 0)
    return { name, good: false, found: `\`${command}\`: ${lastLines(result.messages)}`, remedy };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const good = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const inside = command === process.execPath && process.versions.electron !== undefined;
  const found = inside
    ? l10n.t(
        "{0}, the one inside VS Code, which cannot read from a graphics card: “Gyrus: Install GPU Engine” brings one that can, or install Node.js 20.19 or later",
        version,
      )
    : `${version}, \`${command}\``;
  return good ? { name, good, found } : { name, good, found, remedy };
}

async function checkTrainer(gyrus: Gyrus): Promise<Check> {
  const result = await runProgram(await gyrusProgram(gyrus.context, ["--version"]), {
    signal: AbortSignal.timeout(patience),
  });
  const name = l10n.t("Trainer");
  if (result.code === 0) return { name, good: true, found: result.output.trim() };
  const remedy = l10n.t("Install the extension again.");
  return { name, good: false, found: lastLines(result.messages), remedy };
}
