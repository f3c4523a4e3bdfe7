import { env } from "onnxruntime-node";
import type { Engine } from "../engine";
import { checkObjective } from "../objective";
import type { Formulation } from "./compilation";
import { openHostedModel } from "./hosted/hostedModel";
import { OnnxModel } from "./onnxModel";

export interface OnnxEngineOptions {
  /** Threads inside one operator. */
  readonly threads: number;
  /** "plain" compiles every layer by itself, one operator a formula: the reference that tests compare with. */
  readonly formulation?: Formulation;
}

/** The engine that needs nothing but the npm registry: onnxruntime on the CPU. */
export async function createOnnxEngine({
  threads,
  formulation = "fast",
}: OnnxEngineOptions): Promise<Engine> {
  return {
    ...engineWith(threads, async (network, objective, options) => {
      return new OnnxModel(network, objective, options, { threads, formulation });
    }),
    sideBySide(models) {
      const settings = { threads: Math.max(1, Math.floor(threads / models)), formulation };
      return engineWith(settings.threads, (network, objective, options) =>
        openHostedModel({ network, objective, options, settings }),
      );
    },
  };
}

function engineWith(threads: number, open: Engine["create"]): Engine {
  return {
    name: "onnx",
    description: {
      library: "onnxruntime-node",
      version: env.versions.node ?? env.versions.common,
      device: "CPU",
      threads,
    },
    async create(network, objective, options) {
      checkObjective(network, objective);
      return await open(network, objective, options);
    },
  };
}
