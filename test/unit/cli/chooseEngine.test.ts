import { describe, expect, it } from "vitest";
import type { Cards } from "../../../src/cli/engines/cardEngine";
import { chooseEngine, type EngineChoice } from "../../../src/cli/engines/chooseEngine";
import { fastestEngine } from "../../../src/cli/engines/fastest";
import { type Engine, EngineError } from "../../../src/engine/engine";
import { type Card, cardMeant } from "../../../src/engine/webgpu/device/cards";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { type Sentence, sentence } from "../../../src/network/sentence";
import { secondsAStep } from "../../../src/training/run/stepTiming";
import { fakeTensorFlow } from "../../support/fakeTensorFlow";
import { temporaryFolder } from "../../support/folder";
import {
  answerJob,
  failingEngine,
  fastEngine,
  stepJob as job,
  slowEngine,
  steppingClock,
} from "../../support/timedEngines";

const GPU = "@tensorflow/tfjs-node-gpu";
const CPU = "@tensorflow/tfjs-node";

/** A folder in which npm had installed these. */
function folderWith(
  ...packages: readonly [typeof GPU | typeof CPU, Parameters<typeof fakeTensorFlow>[2]][]
): string {
  const folder = temporaryFolder();
  for (const [library, kind] of packages) fakeTensorFlow(folder, library, kind);
  return folder;
}

/** A machine with these cards, of which the first opens as an engine. */
function machineWith(
  cards: readonly Card[],
  engine: Engine,
  problem?: Sentence,
): Cards & { closed: boolean } {
  const [first] = cards;
  const machine: Cards & { closed: boolean } = {
    closed: false,
    async probe({ wanted }) {
      if (problem !== undefined || first === undefined) {
        return { cards: [...cards], problem: problem ?? sentence`No graphics card answers here.` };
      }
      const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30 };
      return { cards: [...cards], opened: { ...cardMeant(cards, { wanted }), vendor: "nvidia", ...limits } };
    },
    open: async () => ({
      engine,
      close: () => {
        machine.closed = true;
      },
    }),
  };
  return machine;
}

const RTX = { name: "NVIDIA GeForce RTX 3060", software: false };
const UHD = { name: "Intel(R) UHD Graphics 770", software: false };
const LLVMPIPE = { name: "llvmpipe (LLVM 19.1.7, 256 bits)", software: true };
const onRtx = slowEngine("webgpu", RTX.name);
const withoutCard = machineWith([], onRtx);

const choose = (name: "auto" | "onnx" | "tensorflow", ...folders: string[]) =>
  chooseEngine(name, { threads: 2, folders, cards: withoutCard });

describe("the engine auto", () => {
  it("is onnxruntime where there is no TensorFlow", async () => {
    const { name, description } = await choose("auto", temporaryFolder());
    expect(name).toBe("onnx");
    expect(description).toMatchObject({ library: "onnxruntime-node", device: "CPU", threads: 2 });
  });

  it("is TensorFlow where a GPU answers", async () => {
    const { name, description } = await choose("auto", folderWith([GPU, "on a GPU"]));
    expect(name).toBe("tensorflow");
    expect(description).toMatchObject({ library: GPU, version: "4.22.0", threads: 2 });
    expect(description.device).toMatch(/^GPU/);
  });

  it("is onnxruntime where TensorFlow is there but no GPU", async () => {
    const folder = folderWith([GPU, "on the CPU"], [CPU, "on the CPU"]);
    expect((await choose("auto", folder)).name).toBe("onnx");
  });

  it("is onnxruntime where TensorFlow fails, even where it would end the process", async () => {
    const folder = folderWith([GPU, "without its native part"], [CPU, "for another processor"]);
    expect((await choose("auto", folder)).name).toBe("onnx");
  });

  it("is the first GPU that answers, in whichever folder", async () => {
    const folders = [folderWith([GPU, "without its native part"]), folderWith([GPU, "on a GPU"])];
    expect((await choose("auto", ...folders)).name).toBe("tensorflow");
  });
});

describe("the engine auto with a graphics card", () => {
  const auto = (cards: Cards, rest: Partial<EngineChoice> = {}) =>
    chooseEngine("auto", { threads: 1, folders: [], cards, ...rest });

  it("is the card untimed where nobody says what is to be done", async () => {
    expect(await auto(machineWith([RTX, UHD], onRtx))).toBe(onRtx);
  });

  it("is the card where no processor is faster, and says both times", async () => {
    const told: string[] = [];
    const machine = machineWith([RTX], fastEngine("webgpu", RTX.name));
    const say: EngineChoice["say"] = (notice) => told.push(phraseText(notice));
    // A clock that stands still: no machine is too slow for this test.
    const engine = await auto(machine, { job, say, clock: steppingClock().now });
    expect(engine.name).toBe("webgpu");
    expect(machine.closed).toBe(false);
    expect(told).toEqual([
      expect.stringMatching(
        /^One step of this network: \d+(\.\d)? ms on NVIDIA GeForce RTX 3060, \d+(\.\d)? ms on the processor\. It trains on NVIDIA GeForce RTX 3060\.$/,
      ),
    ]);
  });

  it("is the processor where the card cannot make the step, and gives the card back", async () => {
    const told: string[] = [];
    const machine = machineWith([RTX], failingEngine("webgpu", RTX.name));
    const engine = await auto(machine, { job, say: (notice) => told.push(phraseText(notice)) });
    expect(engine.name).toBe("onnx");
    expect(machine.closed).toBe(true);
    expect(told.join()).toMatch(
      /cannot be made on NVIDIA GeForce RTX 3060 \(no memory\).*It trains on the processor/,
    );
  });

  it("is the processor without a word where there is no card, or one that a processor plays", async () => {
    const told: unknown[] = [];
    const say = (notice: unknown) => told.push(notice);
    expect((await auto(withoutCard, { job, say })).name).toBe("onnx");
    const problem = sentence`No graphics card answers here.`;
    expect((await auto(machineWith([LLVMPIPE], onRtx, problem), { job, say })).name).toBe("onnx");
    expect(told).toEqual([]);
  });

  it("says why a card that is there is not used", async () => {
    const told: string[] = [];
    const machine = machineWith([RTX], onRtx, sentence`It needs another Node.`);
    const engine = await auto(machine, { job, say: (notice) => told.push(phraseText(notice)) });
    expect(engine.name).toBe("onnx");
    // For the panel of the training, where it is read again.
    expect(engine.description.idleCard).toBe(RTX.name);
    expect(told).toEqual([
      "There is a graphics card, NVIDIA GeForce RTX 3060, but it is not used: It needs another Node.",
    ]);
  });
});

describe("the engine webgpu", () => {
  const webGpu = (cards: Cards, device?: string) =>
    chooseEngine("webgpu", { threads: 1, folders: [], cards, device });

  it("is the card, faster than the processor or not", async () => {
    expect(await webGpu(machineWith([RTX], onRtx))).toBe(onRtx);
  });

  it("says why there is none and how to train without it", async () => {
    await expect(webGpu(withoutCard)).rejects.toThrow(
      /No graphics card answers here\. Set `engine` to auto or onnx/,
    );
  });

  it("lists the cards where none has the name asked for", async () => {
    await expect(webGpu(machineWith([RTX, UHD], onRtx), "Radeon")).rejects.toThrow(
      /is called "Radeon".*0: NVIDIA GeForce RTX 3060, 1: Intel/,
    );
  });
});

describe("the fastest engine", () => {
  it("is found by the clock, the compiling step left out", async () => {
    const told: string[] = [];
    // Seconds at which the clock stands when it is read: the first step of each engine compiles.
    const slow = steppingClock();
    const engines = [
      slowEngine("webgpu", "A", () => slow.pass(0.02)),
      slowEngine("onnx", "CPU", () => slow.pass(1.25)),
    ];
    const best = await fastestEngine(engines, job, (notice) => told.push(phraseText(notice)), slow.now);
    expect(best).toBe(engines[0]);
    expect(told).toEqual(["One step of this network: 20 ms on A, 1.3 s on the processor. It trains on A."]);
  });

  it("is found by answers where nothing is trained, and may be the processor", async () => {
    const told: string[] = [];
    const clock = steppingClock();
    const engines = [
      slowEngine("webgpu", "A", () => clock.pass(0.5)),
      slowEngine("onnx", "CPU", () => clock.pass(0.004)),
    ];
    const best = await fastestEngine(
      engines,
      answerJob,
      (notice) => told.push(phraseText(notice)),
      clock.now,
    );
    expect(best).toBe(engines[1]);
    expect(told).toEqual([
      "A batch through this network: 500 ms on A, 4.0 ms on the processor. It is computed on the processor.",
    ]);
  });

  it("times no more of a network whose first step takes long", async () => {
    const clock = steppingClock();
    let steps = 0;
    const engine = slowEngine("onnx", "CPU", () => {
      steps++;
      clock.pass(5);
    });
    expect(await secondsAStep(engine, job, clock.now)).toBe(5);
    expect(steps).toBe(1);
  });
});

describe("the engine onnx", () => {
  it("is onnxruntime, whatever else is there", async () => {
    expect((await choose("onnx", folderWith([GPU, "on a GPU"]))).name).toBe("onnx");
  });

  it("takes all cores for 0 threads", async () => {
    const { description } = await chooseEngine("onnx", { threads: 0, folders: [] });
    expect(description.threads).toBeGreaterThanOrEqual(1);
  });
});

describe("the engine tensorflow", () => {
  it("is one on a GPU before one on the CPU", async () => {
    const folders = [folderWith([CPU, "on the CPU"]), folderWith([GPU, "on a GPU"])];
    const { description } = await choose("tensorflow", ...folders);
    expect(description.library).toBe(GPU);
  });

  it("is one on the CPU where no GPU answers", async () => {
    const { description } = await choose("tensorflow", folderWith([CPU, "on the CPU"]));
    expect(description).toMatchObject({ library: CPU, device: "CPU" });
  });

  it("says how to install it where it is not there", async () => {
    const attempt = choose("tensorflow", temporaryFolder());
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(/gyrus engines install tensorflow-gpu.*auto or onnx/);
  });

  it("says of every installation why it cannot be used", async () => {
    const folder = folderWith([GPU, "without its native part"], [CPU, "that is something else"]);
    await expect(choose("tensorflow", folder)).rejects.toThrow(
      /install script did not run.*not the functions of TensorFlow\.js.*auto or onnx/,
    );
  });
});
