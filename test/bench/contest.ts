/** Programs on one machine, in turn, so that all meet the same load of it. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { median } from "../../src/engine/repeatedTime";
import type { Contest, Memory, Repetition } from "./contestant";

export interface Figures {
  /** Medians over the repetitions, in milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  /** MB */
  readonly peak: number;
  /** Every repetition, in the order of the rounds: those of one round of two programs make a pair. */
  readonly repetitions: readonly Repetition[];
}

export interface Rules {
  /** Most repetitions of each program. */
  readonly rounds: number;
  /** After this time no new round begins, but there are two in any case. */
  readonly seconds: number;
  /** Called before each round; the first, 0, warms up. */
  readonly onRound: (round: number) => void;
}

export interface Result {
  /** Repetitions of each program. */
  readonly rounds: number;
  /** Of each command; undefined for one that could not take part. */
  readonly figures: readonly (Figures | undefined)[];
}

const LEAST_ROUNDS = 2;

const repetitionSchema = z.object({ wall: z.number(), cpu: z.number() });
const memorySchema = z.object({ peak: z.number() });

/**
 * Holds `contest` among `commands`, each of which is started with it as its last argument. An undefined command stays away.
 */
export async function hold(
  commands: readonly (readonly string[] | undefined)[],
  contest: Contest,
  { rounds, seconds, onRound }: Rules,
): Promise<Result> {
  onRound(0);
  const contestants = await Promise.all(
    commands.map((command) => (command === undefined ? undefined : Contestant.start(command, contest))),
  );
  const start = performance.now();
  // The first repetition pays for memory and threads that the others find.
  for (const contestant of contestants) await contestant?.repeat();
  const repetitions = contestants.map((): Repetition[] => []);
  const isTime = () => performance.now() - start < 1000 * seconds;
  let round = 0;
  while (round < LEAST_ROUNDS || (round < rounds && isTime())) {
    onRound(++round);
    for (const [index, contestant] of contestants.entries()) {
      if (contestant !== undefined) repetitions[index]!.push(await contestant.repeat());
    }
  }
  const figures: (Figures | undefined)[] = [];
  for (const [index, contestant] of contestants.entries()) {
    const memory = await contestant?.finish();
    const of = (key: "wall" | "cpu") => median(repetitions[index]!.map((repetition) => repetition[key]));
    const own = repetitions[index]!;
    figures.push(
      memory === undefined
        ? undefined
        : { wall: of("wall"), cpu: of("cpu"), peak: memory.peak, repetitions: own },
    );
  }
  return { rounds: round, figures };
}

class Contestant {
  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string>,
    private readonly name: string,
  ) {}

  /** Undefined when the program ends before it is ready: what it lacks it has said on stderr. */
  static async start(
    [program, ...args]: readonly string[],
    contest: Contest,
  ): Promise<Contestant | undefined> {
    const child = spawn(program!, [...args, JSON.stringify(contest)], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { done } = await lines.next();
    return done === true ? undefined : new Contestant(child, lines, program!);
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
