/** How fast a device multiplies matrices and copies, in sizes that keep it busy. */
import { RandomGenerator } from "../../../network/weights/random";
import type { PlainSpeed } from "../../plainSpeed";
import { medianSeconds, type Repeating, secondsNow } from "../../repeatedTime";
import type { OpenDevice } from "../device/openDevice";
import type { Tape } from "../tape/tape";
import { loneTape } from "./loneTape";
import { copy, multiply } from "./plainKernels";

/** A size is large enough when once takes so many seconds; else repetitions in a row fill them. */
const BUSY = 0.02;
const MOST_IN_A_ROW = 64;

const SIDES = [256, 512, 1024, 2048];
/** Elements: beyond the caches, up to half a gigabyte. */
const LENGTHS = [20, 22, 24, 26].map((power) => 2 ** power);

interface Work {
  readonly sizes: readonly number[];
  /** Names of the tape's own arrays that it reads. */
  readonly read: readonly string[];
  /** Does it so many times in a row. */
  record(tape: Tape, size: number, times: number): void;
}

export async function plainSpeed(
  { device, limits }: Pick<OpenDevice, "device" | "limits">,
  repeating: Repeating,
): Promise<PlainSpeed> {
  const half = { ...repeating, seconds: repeating.seconds / 2 };
  const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize) / 4;
  const square: Work = {
    sizes: SIDES.filter((side) => side * side <= most),
    read: ["a", "b"],
    record(tape, size, times) {
      const [a, b, c] = ["a", "b", "c"].map((name) => tape.own(name, [size, size]));
      for (let time = 0; time < times; time++) multiply(tape, { a: a!, b: b!, c: c! });
    },
  };
  const line: Work = {
    sizes: LENGTHS.filter((length) => length <= most),
    read: ["from"],
    record(tape, size, times) {
      const [from, to] = [tape.own("from", [size]), tape.own("to", [size])];
      for (let time = 0; time < times; time++) copy(tape, from, to);
    },
  };
  const multiplied = await secondsOf(device, square, half);
  const moved = await secondsOf(device, line, half);
  return {
    operations: (2 * multiplied.size ** 3) / multiplied.seconds,
    bytes: (2 * 4 * moved.size) / moved.seconds,
  };
}

/** Seconds of the first size that keeps the device busy, else of the largest. */
async function secondsOf(
  device: GPUDevice,
  { sizes, read, record }: Work,
  { seconds, clock = secondsNow }: Repeating,
): Promise<{ readonly size: number; readonly seconds: number }> {
  const timed = async (size: number, times: number, within: number): Promise<number> => {
    const tape = await loneTape(device, (onTape) => record(onTape, size, times));
    for (const name of read) writeNoise(device, tape.replay.own(name));
    try {
      return (await medianSeconds(() => tape.run(), { seconds: within, clock })) / times;
    } finally {
      tape.replay.dispose();
    }
  };
  let [size, once] = [sizes[0]!, Number.POSITIVE_INFINITY];
  for (size of sizes) {
    once = await timed(size, 1, 0);
    if (once >= BUSY) return { size, seconds: once };
  }
  const times = Math.min(MOST_IN_A_ROW, Math.ceil(BUSY / once));
  return { size, seconds: await timed(size, times, seconds) };
}

/** Zeros could be cheaper than other numbers. */
function writeNoise(device: GPUDevice, buffer: GPUBuffer): void {
  const random = new RandomGenerator(0);
  const block = Float32Array.from({ length: Math.min(1 << 18, buffer.size / 4) }, () =>
    random.uniformFloat(),
  );
  for (let at = 0; at < buffer.size; at += block.byteLength) device.queue.writeBuffer(buffer, at, block);
}
