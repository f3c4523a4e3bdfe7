// @ts-nocheck
import { describe, expect, it } from "vitest";
import type { Batch, ModelOptions, Objective } from "../../../src/engine/engine";
import type { Formulation } from "../../../src/engine/onnx/compilation";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../../src/network/build";
import { ArchitectureError } from "../../../src/network/architectureError";
import { initialState } from "../../../src/network/initialise";
import { checkTrainable } from "../../../src/network/shape";
import type { Network } from "../../../src/network/network";
import { elementCount } from "../../../src/network/tensor";
import { createTensorFlow } from "../../support/tensorFlow";

let seed = Number(process.env.SEED ?? 1);
function rnd() { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; }
const int = (a: number, b: number) => a + Math.floor(rnd() * (b - a + 1));
const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!;

function randomLayers(dims: 2 | 3): any[] {
  const layers: any[] = [];
  const blocks = int(1, 3);
  const size = (a: number, b: number) => rnd() < 0.5 ? int(a, b) : Array.from({ length: dims }, () => int(a, b));
  for (let b = 0; b < blocks; b++) {
    if (rnd() < 0.9) {
      const kernel = size(1, 4);
      layers.push({ layer: "Conv", out_channels: rnd() < .5 ? int(1, 9) : int(8, 40), kernel_size: rnd() < .5 ? 3 : kernel, stride: rnd() < 0.5 ? 1 : size(1, 3), padding: rnd() < .3 ? 0 : rnd() < .5 ? 1 : size(0, 3), bias: rnd() < 0.7 });
    }
    if (rnd() < 0.5) layers.push({ layer: "BatchNorm", eps: pick([1e-5, 1e-3]), momentum: 0.1 });
    if (rnd() < 0.15) layers.push({ layer: "Dropout", p: 0.3 });
    const act = rnd();
    if (act < 0.4) layers.push({ layer: "ReLU" });
    else if (act < 0.7) layers.push({ layer: "LeakyReLU", negative_slope: pick([0.01, 0.2, 1, 2.5]) });
    else if (act < 0.8) layers.push({ layer: "Tanh" });
    else if (act < 0.9) layers.push({ layer: "Sigmoid" });
    const p = rnd();
    if (p < 0.4) layers.push({ layer: "PadMaxPool", kernel_size: size(1, 3), ...(rnd() < 0.3 ? { stride: size(1, 4) } : {}) });
    else if (p < 0.8) { const k = int(1, 4); layers.push({ layer: "MaxPool", kernel_size: k, padding: int(0, Math.floor(k / 2)), ...(rnd() < 0.4 ? { stride: size(1, 4) } : {}) }); }
    else if (p < 0.87) layers.push({ layer: "ResidualBlock", out_channels: int(1, 4), stride: int(1, 2) });
    else if (p < 0.93) layers.push({ layer: "AdaptiveAvgPool", output_size: size(1, 4) });
  }
  return layers;
}

async function passOf(engine: any, network: Network, task: string, batchSize: number, gammaSign: boolean) {
  const objective: Objective = task === "classification" ? { loss: "CrossEntropyLoss", classes: 2, ...(gammaSign ? { classWeights: [0.3, 2] } : {}) } : { loss: "MSELoss" };
  const state = new Map(initialState(network, 1));
  if (gammaSign) for (const [name, t] of state) if (t.dtype === "float32" && t.shape.length === 1) t.data.forEach((v, i) => { (t.data as Float32Array)[i] = name.endsWith("running_var") ? 1 + i * .1 : v + (i % 3 - 1) * 0.7; });
  const options: ModelOptions = { optimizer: { name: "SGD", learningRate: 1e-3, weightDecay: 0 }, state, dropoutSeed: 0, frozen: new Set([...state.keys()].filter((_, i) => gammaSign && (i * 7 + batchSize) % 5 < 3)) };
  const shape = [batchSize, ...network.inputSize];
  let s = Number(process.env.INPUT ?? 7);
  const r = () => { s = (s + 0x6d2b79f5) | 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1; };
  const batch: Batch = { size: batchSize, input: Float32Array.from({ length: elementCount(shape) }, r), target: task === "classification" ? Int32Array.from({ length: batchSize }, (_, i) => i % 2) : Float32Array.from({ length: batchSize }, r) };
  const model = await engine.create(network, objective, options);
  try {
    const loss = await model.accumulate(batch);
    const gradients = await model.gradients();
    const { parameters } = await model.state();
    const outputs = await model.predict(batchSize, batch.input);
    return { loss, gradients, state: parameters, outputs };
  } finally { await model.dispose(); }
}
const rel = (a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-4) => { let d = 0, n = 0; if (a.length !== b.length) return Infinity; for (let i = 0; i < a.length; i++) { d += (a[i]! - b[i]!) ** 2; n += b[i]! ** 2; } const scale = Math.sqrt(n); return Number.isNaN(d) ? Infinity : Math.sqrt(d) / Math.max(scale, floor); };

describe("fuzz", () => {
  it("agrees", async () => {
    const engines: Record<string, any> = {
      plain: await createOnnxEngine({ threads: 1, formulation: "plain" as Formulation }),
      fast: await createOnnxEngine({ threads: 1, formulation: "fast" as Formulation }),
    };
    if (process.env.TF) engines.tf = await createTensorFlow();
    const end = Date.now() + Number(process.env.SECONDS ?? 40) * 1000;
    let done = 0, refused = 0; const problems: string[] = [];
    while (Date.now() < end && problems.length < 6) {
      const start = seed;
      const dims = pick([2, 3] as const);
      const inputSize = [int(1, 3), ...Array.from({ length: dims }, () => int(1, dims === 2 ? 14 : 10))];
      const task = pick(["classification", "reconstruction", "regression"] as const);
      const convolutions = randomLayers(dims);
      const batchSize = int(1, 3); const odd = rnd() < .5;
      let network: Network;
      try {
        network = buildNetwork({ architecture: { convolutions, fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }] } as any, inputSize, outputSize: task === "regression" ? 1 : 2, dropout: 0, latentSpaceSize: 3, task });
        checkTrainable(network, batchSize);
      } catch (e) { if (!(e instanceof ArchitectureError)) problems.push(`seed ${start} BUILD ${(e as Error).stack} ${JSON.stringify({ convolutions, inputSize, task })}`); refused++; continue; }
      try {
        const results: any = {};
        for (const [name, engine] of Object.entries(engines)) results[name] = await passOf(engine, network, task, batchSize, odd);
        for (const name of Object.keys(engines)) if (name !== "plain") {
          const a = results[name], b = results.plain;
          const bad: string[] = [];
          if (a.loss !== b.loss && !(Math.abs(a.loss / b.loss - 1) < 1e-4)) bad.push(`loss ${a.loss} ${b.loss}`);
          for (const [k, t] of b.gradients) { const d = rel(a.gradients.get(k).data, t.data, Math.max(1e-3, 1e-2 * Math.max(...[...b.gradients.values()].map((g: any) => Math.hypot(...g.data))))); if (!(d < 5e-2)) bad.push(`grad ${k} ${d} ${[...t.data].slice(0, 3)} / ${[...a.gradients.get(k).data].slice(0, 3)}`); }
          for (const [k, t] of b.state) { if (t.dtype !== "float32") continue; const d = rel(a.state.get(k).data, t.data); if (!(d < 1e-2)) bad.push(`state ${k} ${d}`); }
          const d = rel(a.outputs.data, b.outputs.data); if (!(d < 1e-3)) bad.push(`out ${d} ${[...a.outputs.data].slice(0,3)} / ${[...b.outputs.data].slice(0,3)}`);
          if (bad.length) problems.push(`seed ${start} ${name} ${JSON.stringify({ convolutions, inputSize, task, batchSize, odd })}\n   ${bad.slice(0, 4).join("\n   ")}`);
        }
        done++;
      } catch (e) { problems.push(`seed ${start} RUN ${(e as Error).message} ${JSON.stringify({ convolutions, inputSize, task, batchSize })}`); }
    }
    console.log(done, "done", refused, "refused"); for (const p of problems) console.log(p);
    expect(problems.length).toBe(0);
  }, 600000);
});
