import { availableParallelism } from "node:os";
import { EngineError } from "../../engine/engine";
import { createOnnxEngine } from "../../engine/onnx/onnxEngine";
import { openDevice } from "../../engine/webgpu/device/openDevice";
import { probeCard } from "../../engine/webgpu/device/probeCard";
import { phraseOf } from "../../experiment/problems/networkSentence";
import { buildNetwork } from "../../network/building/build";
import type { Sentence } from "../../network/sentence";
import { type CommandTerminal, defineCommand } from "../command";
import { DEVICE_OPTION } from "../commandLine/deviceOption";
import { parseInputSize } from "../commandLine/inputSize";
import { figuresTable, formOf, sweepTables } from "../engines/benchText";
import { type DeviceFigures, measureCard, measureProcessor } from "../engines/measureDevices";

export const benchEngines = defineCommand({
  name: "engines bench",
  summary: "Measures how fast the processor and each graphics card train and predict.",
  arguments: [],
  options: {
    size: {
      kind: "text",
      value: "SIZE",
      default: "1@50x50x50",
      text: "channels@sizes of one image",
    },
    "batch-size": { kind: "whole", value: "N", least: 2, default: 8, text: "images of a batch" },
    device: DEVICE_OPTION,
    threads: {
      kind: "whole",
      value: "N",
      least: 0,
      default: 0,
      text: "threads of the processor, 0 for all cores",
    },
    tiles: { kind: "flag", text: "tries other tiles and splits of the fast convolutions on each card" },
    seconds: {
      kind: "number",
      value: "S",
      least: 0,
      default: 20,
      text: "for each device; every measure is taken three times in any case",
    },
  },
  remarks: [
    "The network is Conv5_FC3, the optimizer Adam; times are medians. The last lines are a form to send in: devices, versions and figures, no name of a machine, person or folder.",
  ],
  examples: ["engines bench", "engines bench --size 1@169x208x179 --batch-size 2 --tiles"],
  async run(_given, { size, "batch-size": batchSize, device, threads, tiles, seconds }, terminal) {
    const network = buildNetwork({
      architecture: "Conv5_FC3",
      inputSize: parseInputSize(size),
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 1,
      task: "classification",
    });
    const measured = { network, batchSize };
    const devices: DeviceFigures[] = [];
    const attempt = async (name: string, measure: () => Promise<DeviceFigures>) => {
      terminal.say(terminal.text("bench-measuring", { device: name }));
      try {
        devices.push(await measure());
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        sayProblem(terminal, name, error.detail);
      }
    };
    await attempt("CPU", async () => {
      const engine = await createOnnxEngine({ threads: threads === 0 ? availableParallelism() : threads });
      return await measureProcessor(engine, measured, { seconds });
    });
    for (const card of await usableCards(device, terminal)) {
      await attempt(card, async () => {
        const open = await openDevice({ wanted: card });
        try {
          return await measureCard(open, measured, { seconds, tiles });
        } finally {
          open.device.destroy();
        }
      });
    }
    const form = formOf(measured, devices);
    return {
      result: form,
      show: () =>
        terminal.print(
          [
            figuresTable(devices, batchSize, terminal.text),
            ...devices.flatMap((each) => sweepTables(each, terminal.text)),
            terminal.text("bench-form"),
            JSON.stringify(form, null, 2),
          ].join("\n\n"),
        ),
    };
  },
});

/** Names of the cards that a process of its own found to compute rightly, or of the one that is wanted. */
async function usableCards(wanted: string | undefined, terminal: CommandTerminal): Promise<string[]> {
  const first = await probeCard(wanted === undefined ? {} : { wanted });
  if ("problem" in first) sayProblem(terminal, "webgpu", first.problem);
  const opened = "opened" in first ? [first.opened.name] : [];
  if (wanted !== undefined) return opened;
  const others = first.cards.filter(({ name, software }) => !software && !opened.includes(name));
  for (const { name } of others) {
    const probe = await probeCard({ wanted: name });
    if ("opened" in probe) opened.push(probe.opened.name);
    else sayProblem(terminal, name, probe.problem);
  }
  return opened;
}

function sayProblem(terminal: CommandTerminal, device: string, problem: Sentence): void {
  terminal.say(terminal.text("bench-not-measured", { device, reason: terminal.words(phraseOf(problem)) }));
}
