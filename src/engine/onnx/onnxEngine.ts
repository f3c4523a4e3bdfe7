import type { Engine } from "../engine";
import { EngineTrainer } from "../engineTrainer";
import { checkObjective } from "../objective";
import type { Formulation } from "./compilation";
import { openHostedPredictor, openHostedTrainer } from "./hosted/hostedModel";
import { ModelMemory } from "./modelMemory";
import { OnnxLearner } from "./onnxLearner";
import { OnnxPredictor } from "./onnxPredictor";
import { onnxruntime } from "./runtime";

export interface OnnxEngineOptions {
  /** Threads inside one operator. */
  readonly threads: number;
  /** "plain" compiles every layer by itself, one operator a formula: the reference that tests compare with. */
  readonly formulation?: Formulation;
}

/** The engine that needs nothing but the npm registry: onnxruntime on the CPU. @throws LibraryError where it cannot be loaded */
export async function createOnnxEngine({
  threads,
  formulation = "fast",
}: OnnxEngineOptions): Promise<Engine> {
  const settings = { threads, formulation };
  return {
    ...engineWith(threads, {
      predictor: async (network, weights) =>
        new OnnxPredictor(network, new ModelMemory(network, { weights, momentSlots: 0 }), settings),
      trainer: async (network, options) =>
        new EngineTrainer(new OnnxLearner(network, options, settings), options),
    }),
    sideBySide(models) {
      const shared = { threads: Math.max(1, Math.floor(threads / models)), formulation };
      return engineWith(shared.threads, {
        predictor: (network, weights) =>
          openHostedPredictor({ kind: "predictor", network, weights, settings: shared }),
        trainer: (network, options) =>
          openHostedTrainer({ kind: "trainer", network, options, settings: shared }),
      });
    },
  };
}

function engineWith(threads: number, { predictor, trainer }: Pick<Engine, "predictor" | "trainer">): Engine {
  const { env } = onnxruntime();
  return {
    name: "onnx",
    description: {
      library: "onnxruntime-node",
      version: env.versions.node ?? env.versions.common,
      device: "CPU",
      threads,
    },
    predictor,
    async trainer(network, options) {
      checkObjective(network, options.objective);
      return await trainer(network, options);
    },
  };
}
