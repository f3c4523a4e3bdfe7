/** A thread that hosts one model: its own entry of the build, started by hostedModel.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { EngineError, type Model } from "../../engine";
import { OnnxModel } from "../onnxModel";
import {
  CREATED,
  type HostedModel,
  type ModelCall,
  type ModelReply,
  type ModelRequest,
} from "./modelMessages";

const port = parentPort;
if (port === null) throw new Error("modelWorker runs as a worker of the trainer only.");

const { network, objective, options, settings }: HostedModel = workerData;

async function answer(id: number, compute: () => unknown): Promise<ModelReply> {
  try {
    return { id, kind: "done", value: await compute() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, kind: "failed", message, expected: error instanceof EngineError };
  }
}

function answerOf(model: Model, call: ModelCall): unknown {
  switch (call.method) {
    case "accumulate":
      return model.accumulate(...call.args);
    case "update":
      return model.update(...call.args);
    case "gradients":
      return model.gradients();
    case "evaluate":
      return model.evaluate(...call.args);
    case "predict":
      return model.predict(...call.args);
    case "saliency":
      return model.saliency(...call.args);
    case "state":
      return model.state();
    case "load":
      return model.load(...call.args);
    case "dispose":
      return model.dispose();
  }
}

let model: Model | undefined;
let last = answer(CREATED, () => {
  model = new OnnxModel(network, objective, options, settings);
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
