import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closingLine.ts";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts", "test/golden/**/*.test.ts", "test/webview/**/*.test.ts"],
    // onnxruntime uses every core by itself: more test processes would only compete with it.
    maxWorkers: 2,
    testTimeout: 60_000,
    reporters: ["default", new ClosingLine()],
  },
});
