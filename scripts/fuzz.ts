/**
 * Damages files and gives them to every reader: `npm run fuzz -- --minutes 5 --seed 7 --reader weights`. Prints the seed and keeps each
 * input that was not taken as it should; ends with 1 where there was one.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fuzz } from "../test/fuzz/fuzz";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    reader: { type: "string", multiple: true },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new RangeError("Minutes and the seed are numbers.");
process.stdout.write(`Seed ${seed}, ${minutes} minutes of processor time.\n`);
const { findings, inputs } = await fuzz({
  seed,
  readers: values.reader ?? [],
  seconds: 60 * minutes,
  bombs: true,
});
const kept = resolve(".vscode-test/fuzz");
for (const { reader, input, fault, content } of findings) {
  const file = join(kept, `${reader} ${seed} ${input}.bin`.replace(/[^\w.]+/g, "-"));
  mkdirSync(kept, { recursive: true });
  writeFileSync(file, content);
  process.stdout.write(`${reader}, ${input}: ${JSON.stringify(fault)}\n  ${file}\n`);
}
process.stdout.write(`${inputs} inputs, ${findings.length} findings.\n`);
process.exitCode = findings.length > 0 ? 1 : 0;
