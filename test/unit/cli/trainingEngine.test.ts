import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { recordedEngine } from "../../../src/cli/engines/recordedEngine";
import { trainingEngine } from "../../../src/cli/runExperiment";
import { phraseText } from "../../../src/experiment/problems/phrases";
import type { Phrase } from "../../../src/experiment/problems/words";
import { engineRecord, readEngineRecord } from "../../../src/training/run/engineRecord";
import { experimentOfMaps } from "../../../src/training/run/resumeTraining";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";
import { gyrus } from "../../support/memoryTerminal";
import { stepJob } from "../../support/timedEngines";

const CARD = "NVIDIA GeForce RTX 3060 (UUID 4)";

let maps: string;
beforeEach(() => {
  maps = join(temporaryFolder(), "maps");
  cpSync(fixture("former/stopped"), maps, { recursive: true });
});

/** A terminal that remembers what it is told. */
function listener() {
  const told: string[] = [];
  return { told, terminal: { tell: (notice: Phrase) => told.push(phraseText(notice)) } };
}

/** As if the training had begun with that engine; its file says "auto". */
function began(engine: string): void {
  const file = join(maps, "run.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), engine }));
}

describe("the record of an engine", () => {
  it("is read as it was written", () => {
    const described = { library: "webgpu", version: "0.6.2", device: CARD };
    expect(readEngineRecord(engineRecord(described))).toEqual(described);
    expect(readEngineRecord("something else")).toBeNull();
  });

  it("names the engine of a MAPS, and none where there is no record or no such engine", async () => {
    expect(await recordedEngine(maps)).toEqual({ name: "onnx", device: "CPU" });
    began(`webgpu 0.6.2 (${CARD})`);
    expect(await recordedEngine(maps)).toEqual({ name: "webgpu", device: CARD });
    began("@tensorflow/tfjs-node-gpu 4.22.0 (GPU (NVIDIA A40))");
    expect(await recordedEngine(maps)).toEqual({ name: "tensorflow", device: "GPU (NVIDIA A40)" });
    began("clinicadl 1.6 (CUDA)");
    expect(await recordedEngine(maps)).toBeNull();
    expect(await recordedEngine(temporaryFolder())).toBeNull();
    expect(await recordedEngine(join(maps, "absent"))).toBeNull();
  });
});

describe("a training that goes on", () => {
  it('keeps the processor where its file says "auto", and says so', async () => {
    const { terminal, told } = listener();
    const experiment = { ...(await experimentOfMaps(maps)), engine: "auto" } as const;
    const choose = await trainingEngine(experiment, {}, maps, terminal);
    expect((await choose(stepJob)).name).toBe("onnx");
    expect(told).toEqual([
      "This training began on the processor and stays there; `--engine` chooses another engine.",
    ]);
  });

  it("keeps the graphics card, and says where it is not there how to go on without it", async () => {
    began(`webgpu 0.6.2 (${CARD})`);
    // On a machine with a card, too, none is called so.
    const { exit, printed } = await gyrus("resume", maps, "--device", "no card is called so", "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(printed).problems).toMatchObject([
      {
        code: "engine.failed",
        message: expect.stringContaining(
          `This training began with the engine webgpu (${CARD}); \`--engine onnx\` goes on with it on the processor.`,
        ),
      },
    ]);
  });

  it("takes another engine where the command line names one", async () => {
    began(`webgpu 0.6.2 (${CARD})`);
    const { terminal, told } = listener();
    const experiment = await experimentOfMaps(maps);
    const choose = await trainingEngine(experiment, { engine: "onnx" }, maps, terminal);
    expect((await choose(stepJob)).name).toBe("onnx");
    expect(told).toEqual([]);
  });

  it("is asked for nothing where it is new", async () => {
    began(`webgpu 0.6.2 (${CARD})`);
    const { terminal } = listener();
    const experiment = { ...(await experimentOfMaps(maps)), engine: "onnx" } as const;
    expect((await (await trainingEngine(experiment, {}, null, terminal))(stepJob)).name).toBe("onnx");
  });
});
