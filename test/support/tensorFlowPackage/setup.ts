/** Before the tests of the project `tfjs-node`: the TensorFlow of this machine, or the same package without its native part. */
import type { TestProject } from "vitest/node";
import { engineFolders } from "../../../src/cli/engines/engineFolders";
import { findTensorFlow } from "../../../src/engine/tensorflow/library/findTensorFlow";
import { packageInJavaScript } from "./package";

declare module "vitest" {
  export interface ProvidedContext {
    tensorFlow: {
      readonly name: string;
      readonly version: string;
      readonly folder: string;
      /** Whether libtensorflow computes. */
      readonly isNative: boolean;
    };
  }
}

export async function setup(project: TestProject): Promise<void> {
  const [installed] = findTensorFlow(engineFolders());
  const found = installed ?? findTensorFlow([await packageInJavaScript()])[0]!;
  const { library: name, version, folder } = found;
  project.provide("tensorFlow", { name, version, folder, isNative: installed !== undefined });
}
