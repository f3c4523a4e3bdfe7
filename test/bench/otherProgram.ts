/** A program beside Gyrus that takes part in the contests of networks: a module, named by its path (`--against`). */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { seeSoftwareCard } from "../support/webGpu";
import { compete, type NetworkContest } from "./contestant";

/** What the module exports. */
export interface OtherProgram {
  /**
   * Makes a network ready, with weights and a batch of its own.
   * @returns one repetition of what the contest measures, or undefined where the program has no such network
   */
  prepare(contest: NetworkContest): Promise<(() => Promise<void>) | undefined>;
}

/** @param softwareCard whether the program is to see the card that the processor plays, and no other */
export async function competeWithProgram(
  contest: NetworkContest,
  file: string,
  softwareCard: boolean,
): Promise<void> {
  if (softwareCard) await seeSoftwareCard();
  const program: unknown = await import(pathToFileURL(resolve(file)).href);
  if (!isProgram(program)) throw new Error(`${file} exports no function \`prepare\`.`);
  const run = await program.prepare(contest);
  if (run === undefined) return;
  await compete(run);
  // A device that is held keeps a process alive.
  process.exit();
}

const isProgram = (module: unknown): module is OtherProgram =>
  typeof module === "object" &&
  module !== null &&
  "prepare" in module &&
  typeof module.prepare === "function";
