import { availableParallelism } from "node:os";
import type { Engine } from "../engine/engine";
import { createOnnxEngine } from "../engine/onnx/onnxEngine";
import type { ENGINES } from "../experiment/schema";

/** The engine that an experiment asks for. @param threads 0 for all cores */
export async function chooseEngine(name: (typeof ENGINES)[number], threads: number): Promise<Engine> {
  switch (name) {
    case "auto":
    case "onnx":
      return await createOnnxEngine({ threads: threads === 0 ? availableParallelism() : threads });
    case "tensorflow":
      throw new Error("The TensorFlow engine is not installed. Set `engine` to auto or onnx.");
  }
}
