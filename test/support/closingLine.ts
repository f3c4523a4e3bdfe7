/**
 * Vitest reporter: says what the run cost, and ends it with one line `N passed, N failed, N skipped` that any continuous
 * integration can read.
 */
import type { Reporter, TestModule } from "vitest/node";

export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    const { user, system } = process.cpuUsage();
    let processorSeconds = (user + system) / 1e6;
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) counts[test.result().state]++;
      processorSeconds += module.meta().processorSeconds ?? 0;
    }
    process.stdout.write(`\n${processorSeconds.toFixed(0)} s of processor time\n`);
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
