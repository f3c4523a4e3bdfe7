/** Says once, on a desktop where no Node but Electron is found, that a graphics card is there and stays idle, and the way out. */
import { commands, type ExtensionContext, l10n } from "vscode";
import { notify } from "../report";
import { settings } from "../settings";
import { runProgram } from "../trainer/shortProgram";
import { gyrusProgram, nodeHere } from "../trainer/supervise";
import type { CommandId } from "./commandTable";

const SAID = "gyrus.unusedCard";
/** Milliseconds; a driver that was just installed takes its time. */
const PATIENCE = 60_000;

/** To be called when a training begins. */
export async function tellUnusedCard(context: ExtensionContext): Promise<void> {
  if (["onnx", "tensorflow"].includes(settings.engine()) || context.globalState.get(SAID) === true) return;
  if ((await nodeHere()) !== null) return;
  const program = await gyrusProgram(context, ["engines", "--json"]);
  const { output } = await runProgram(program, { signal: AbortSignal.timeout(PATIENCE) });
  const { readEngines } = await import("./replies");
  const reply = readEngines(output);
  const webGpu =
    reply?.ok === true ? reply.result.engines.find(({ engine }) => engine === "webgpu") : undefined;
  const [card] = webGpu?.usable === false ? webGpu.devices : [];
  if (card === undefined) return;
  await context.globalState.update(SAID, true);
  const run = (id: CommandId) => commands.executeCommand(id);
  notify(
    "information",
    l10n.t(
      "This training computes on the processor, though there is a graphics card ({0}): the Node.js inside VS Code cannot read from it.",
      card,
    ),
    [
      { title: l10n.t("Install GPU Engine"), run: () => run("gyrus.installGpuEngine") },
      { title: l10n.t("Check the Installation"), run: () => run("gyrus.doctor") },
    ],
  );
}
