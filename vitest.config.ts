import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closingLine.ts";

/** What needs a real editor is tested in one; words and values do not. */
const resolve = { alias: { vscode: join(import.meta.dirname, "test/support/vscodeApi.ts") } };

const setupFiles = "test/support/setup.ts";

/** Files that exchange modules, or what belongs to the process, or hold a device: each has a process of its own. */
const APART = [
  "test/unit/files/{allInPlace,folderOfOthers,shortReads,withoutLinks}.test.ts",
  "test/unit/cli/{processTerminal,stopSignal}.test.ts",
  "test/unit/engine/tensorflow/loadTensorFlow.test.ts",
  "test/unit/engine/webgpu/**/*.test.ts",
];

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          exclude: APART,
          setupFiles,
          // Most of what a quick file costs is to load the program: files that share a process load it once.
          isolate: false,
          restoreMocks: true,
          unstubGlobals: true,
          maxWorkers: 2,
          // Limits against hanging only: no busy machine reaches them.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve,
        test: {
          name: "node",
          include: ["test/{costly,training,golden,cases}/**/*.test.ts", ...APART],
          setupFiles,
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
          setupFiles,
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
          setupFiles,
          // One browser at a time: what it draws is timed.
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // What a busy machine draws late is waited for.
          expect: { poll: { timeout: 180_000 } },
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: {
          name: "vscode",
          include: ["test/vscode/**/*.test.ts"],
          setupFiles,
          // One real editor at a time, after everything that is quick: trainings of one person on one machine wait for each other.
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
          setupFiles,
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
