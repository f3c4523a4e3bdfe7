/** Two programs on one machine, in turn, so that both meet the same load of it. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import type { Contest, Memory, Repetition } from "./contestant";

export interface Figures {
  /** Medians over the repetitions, in milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  /** MB */
  readonly peak: number;
}

const repetitionSchema = z.object({ wall: z.number(), cpu: z.number() });
const memorySchema = z.object({ peak: z.number() });

/** Figures of each command, each of which is started with `contest` as its last argument. */
export async function hold(
  commands: readonly (readonly string[])[],
  contest: Contest,
  rounds: number,
): Promise<Figures[]> {
  const contestants = await Promise.all(commands.map((command) => Contestant.start(command, contest)));
  // The first repetitions pay for memory and threads that the others find.
  for (const contestant of contestants) await contestant.repeat();
  for (const contestant of contestants) await contestant.repeat();
  const repetitions = contestants.map((): Repetition[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      repetitions[index]!.push(await contestant.repeat());
    }
  }
  const figures: Figures[] = [];
  for (const [index, contestant] of contestants.entries()) {
    const { peak } = await contestant.finish();
    const of = (key: "wall" | "cpu") => median(repetitions[index]!.map((repetition) => repetition[key]));
    figures.push({ wall: of("wall"), cpu: of("cpu"), peak });
  }
  return figures;
}

class Contestant {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
    private readonly name: string,
  ) {}

  static async start([program, ...args]: readonly string[], contest: Contest): Promise<Contestant> {
    const child = spawn(program!, [...args, JSON.stringify(contest)], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const contestant = new Contestant(child, lines, program!);
    await contestant.answer();
    return contestant;
  }

  async repeat(): Promise<Repetition> {
    this.child.stdin.write("run\n");
    return repetitionSchema.parse(await this.answer());
  }

  async finish(): Promise<Memory> {
    this.child.stdin.end();
    return memorySchema.parse(await this.answer());
  }

  private async answer(): Promise<unknown> {
    const { value, done } = await this.lines.next();
    if (done === true) throw new Error(`${this.name} ended before it had answered.`);
    return JSON.parse(value);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
