/**
 * A program that repeats one thing when it is told to. It prints "ready", then answers each line of its input with the
 * figures of one repetition, and at the end of its input with its peak memory, all as JSON lines.
 */
import { createInterface } from "node:readline";

/** What is measured, understood by the programs of Gyrus and by those of its rivals alike. */
export type Contest = NetworkContest | ReadingContest | TransformsContest;

/** A step of training (forward, backward, Adam) or an inference. */
export interface NetworkContest {
  readonly group: "network";
  readonly task: "training" | "inference";
  readonly architecture: "Conv5_FC3" | "AE_Conv5_FC3";
  readonly inputSize: readonly number[];
  readonly batchSize: number;
  readonly threads: number;
}

/** An image is read and normalised to the range from 0 to 1. */
export interface ReadingContest {
  readonly group: "reading";
  /** A .nii.gz */
  readonly file: string;
  readonly size: readonly [number, number, number];
}

/** An image is scaled, turned and bent: `affine` and `elastic`, with the strengths that both programs have. */
export interface TransformsContest {
  readonly group: "transforms";
  readonly size: readonly [number, number, number];
  /** Of the other program; Gyrus transforms each image in one thread. */
  readonly threads: number;
}

export interface Repetition {
  /** Milliseconds by the clock. */
  readonly wall: number;
  /** Milliseconds of all threads together. */
  readonly cpu: number;
}

export interface Memory {
  /** Largest resident set of the process, in MB. */
  readonly peak: number;
}

/** Answers the lines on stdin by repeating `run`. */
export async function compete(run: () => Promise<void>): Promise<void> {
  print("ready");
  for await (const _ of createInterface({ input: process.stdin })) {
    print(await repetitionOf(run));
  }
  const memory: Memory = { peak: process.resourceUsage().maxRSS / 1024 };
  print(memory);
}

/** What `run` takes of this process. */
export async function repetitionOf(run: () => Promise<void>): Promise<Repetition> {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  await run();
  const cpu = process.cpuUsage(cpuStart);
  return { wall: performance.now() - start, cpu: (cpu.user + cpu.system) / 1000 };
}

function print(message: "ready" | Repetition | Memory): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
