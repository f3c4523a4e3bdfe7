import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closingLine.ts";

/** What needs a real editor is tested in one; words and values do not. */
const resolve = { alias: { vscode: join(import.meta.dirname, "test/support/vscodeApi.ts") } };

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    projects: [
      {
        resolve,
        test: {
          name: "node",
          include: ["test/{unit,costly,training,golden,cases}/**/*.test.ts"],
          setupFiles: "test/support/processorTime.ts",
          // onnxruntime uses every core by itself: more test processes would only compete with it.
          maxWorkers: 2,
          // Limits against hanging only: no busy machine reaches them.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // The tests of the TensorFlow engine once more, on the package that brings TensorFlow to Node.
        resolve: {
          alias: [
            {
              find: /^.*\/tensorFlowLibrary$/,
              replacement: join(import.meta.dirname, "test/support/tensorFlowPackage/library.ts"),
            },
          ],
        },
        test: {
          name: "tfjs-node",
          include: [
            "test/golden/engine/tensorflow.test.ts",
            "test/unit/engine/tensorflow/optimizer.test.ts",
            "test/training/engine/tensorflow/*.test.ts",
            "test/training/engine/{resume,unpooling}.test.ts",
            "test/tfjs-node/**/*.test.ts",
          ],
          globalSetup: "test/support/tensorFlowPackage/setup.ts",
          maxWorkers: 2,
          // Limits against hanging only: no busy machine reaches them.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "webview",
          include: ["test/webview/**/*.test.ts"],
          // One browser at a time: what it draws is timed.
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: {
          name: "vscode",
          include: ["test/vscode/**/*.test.ts"],
          // One real editor at a time, after everything that is quick.
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 180_000 } },
          sequence: { groupOrder: 2 },
        },
      },
      {
        resolve,
        test: {
          name: "proof",
          // What takes long, by hand: npm run proof.
          include: ["test/proof/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
