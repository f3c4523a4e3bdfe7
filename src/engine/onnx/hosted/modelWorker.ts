/** A thread that hosts one model: its own entry of the build, started by hostedModel.ts. */
import { workerData } from "node:worker_threads";
import { answerInThread } from "../../../messages/answerInThread";
import type { Predictor, Trainer } from "../../engine";
import { EngineTrainer } from "../../engineTrainer";
import { ModelMemory } from "../modelMemory";
import { OnnxLearner } from "../onnxLearner";
import { OnnxPredictor } from "../onnxPredictor";
import { type HostedMethods, type HostedModel, type ModelFailure, modelErrors } from "./modelMessages";

const hosted: HostedModel = workerData;
let model: Predictor | Trainer | undefined;

function makeModel(): Predictor | Trainer {
  const { network, settings } = hosted;
  switch (hosted.kind) {
    case "predictor":
      return new OnnxPredictor(
        network,
        new ModelMemory(network, { weights: hosted.weights, momentSlots: 0 }),
        settings,
      );
    case "trainer":
      return new EngineTrainer(new OnnxLearner(network, hosted.options, settings), hosted.options);
  }
}

function answering(): Predictor | Trainer {
  if (model === undefined) throw new Error("There is no model.");
  return model;
}

function learning(): Trainer {
  const trainer = answering();
  if ("accumulate" in trainer) return trainer;
  throw new Error("A model that only answers is asked to learn.");
}

// A model does one thing at a time.
answerInThread<HostedMethods, ModelFailure>(
  {
    open: () => {
      model = makeModel();
    },
    predict: (args) => answering().predict(...args),
    observe: (args) => answering().observe(...args),
    saliency: (args) => answering().saliency(...args),
    setWeights: (args) => answering().setWeights(...args),
    dispose: () => answering().dispose(),
    accumulate: (args) => learning().accumulate(...args),
    update: (args) => learning().update(...args),
    gradients: () => learning().gradients(),
    evaluate: (args) => learning().evaluate(...args),
    state: () => learning().state(),
    load: (args) => learning().load(...args),
  },
  modelErrors,
  { inTurn: true },
);
