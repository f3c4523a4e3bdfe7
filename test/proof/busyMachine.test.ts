import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const BUSY_LOOPS = 6;

it(`the quick tests pass beside ${BUSY_LOOPS} programs that never rest`, async () => {
  const loops = Array.from({ length: BUSY_LOOPS }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  try {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const child = spawn(
      process.execPath,
      [vitest, "run", "--project", "unit", "--project", "node", "test/unit", "test/costly"],
      {
        cwd: root,
      },
    );
    let output = "";
    // What failed is said on stderr.
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        output += data;
      });
    const [code] = await once(child, "close");
    expect(code, output.slice(-10_000)).toBe(0);
  } finally {
    for (const loop of loops) loop.kill("SIGKILL");
  }
});
