/** In the place of tensorFlowLibrary.ts: TensorFlow as Gyrus loads it from a package. */
import { inject } from "vitest";
import { loadTensorFlow } from "../../../src/engine/tensorflow/library/loadTensorFlow";

export const library = inject("tensorFlow");
export const { tf } = await loadTensorFlow(library.folder, 2);
