/** A thread that hosts one model: its own entry of the build, started by hostedModel.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { EngineError, type Predictor, type Trainer } from "../../engine";
import { ModelMemory } from "../modelMemory";
import { OnnxPredictor } from "../onnxPredictor";
import { OnnxTrainer } from "../onnxTrainer";
import {
  CREATED,
  type HostedModel,
  type ModelCall,
  type ModelReply,
  type ModelRequest,
  type TrainerCall,
} from "./modelMessages";

const port = parentPort;
if (port === null) throw new Error("modelWorker runs as a worker of the trainer only.");

const hosted: HostedModel = workerData;

async function answer(id: number, compute: () => unknown): Promise<ModelReply> {
  try {
    return { id, kind: "done", value: await compute() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, kind: "failed", message, expected: error instanceof EngineError };
  }
}

function open(): Predictor | Trainer {
  const { network, settings } = hosted;
  switch (hosted.kind) {
    case "predictor":
      return new OnnxPredictor(
        network,
        new ModelMemory(network, { weights: hosted.weights, momentSlots: 0 }),
        settings,
      );
    case "trainer":
      return new OnnxTrainer(network, hosted.options, settings);
  }
}

function answerOf(model: Predictor | Trainer, call: ModelCall): unknown {
  switch (call.method) {
    case "predict":
      return model.predict(...call.args);
    case "saliency":
      return model.saliency(...call.args);
    case "setWeights":
      return model.setWeights(...call.args);
    case "dispose":
      return model.dispose();
    default:
      if ("accumulate" in model) return answerOfTrainer(model, call);
      throw new Error(`A model that only answers is asked to ${call.method}.`);
  }
}

function answerOfTrainer(trainer: Trainer, call: TrainerCall): unknown {
  switch (call.method) {
    case "accumulate":
      return trainer.accumulate(...call.args);
    case "update":
      return trainer.update(...call.args);
    case "gradients":
      return trainer.gradients();
    case "evaluate":
      return trainer.evaluate(...call.args);
    case "state":
      return trainer.state();
    case "load":
      return trainer.load(...call.args);
  }
}

let model: Predictor | Trainer | undefined;
let last = answer(CREATED, () => {
  model = open();
});
last.then((reply) => port.postMessage(reply));

// Ends the thread, and with it the waiting for an answer.
port.on("messageerror", (error) => {
  throw error;
});

// A model does one thing at a time.
port.on("message", ({ id, call }: ModelRequest) => {
  last = last.then(async () => {
    const reply = await answer(id, () => {
      if (model === undefined) throw new Error("There is no model.");
      return answerOf(model, call);
    });
    port.postMessage(reply);
    return reply;
  });
});
