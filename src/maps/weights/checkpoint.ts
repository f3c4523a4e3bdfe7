/**
 * Checkpoints of one network: everything that a resumption needs, always as one consistent set. The weights and the optimizer are
 * written under a new number first and read once more; training_state.json, which names that number, is replaced last. The set before it
 * stays, with its state in training_state-former.json, until the next is written: should the last one be torn (a power failure, a disk
 * that lies), the training goes on from there. Whenever the process dies, training_state.json names files that are whole and of the same
 * moment.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { readUtf8 } from "../../files/reader";
import { codeOf } from "../../messages/codeOf";
import type { StateDict } from "../../network/weights/tensor";
import { bestEpochs, jsonNumber, stoppingState } from "../../run/eventSchema";
import { writeJson } from "../folder/json";
import type { NetworkPlace } from "../folder/place";
import { loadModel, saveModel } from "./model";
import {
  loadOptimizer,
  type OptimizerDescription,
  type OptimizerMoments,
  saveOptimizer,
} from "./optimizerFile";
import { verifyTorchFile } from "./torch/torchFile";

const progressSchema = z.object({
  /** What comes next: this batch of this epoch; the number of batches when only the evaluation at its end is left. */
  epoch: z.int().nonnegative(),
  batch: z.int().nonnegative(),
  /** Time spent so far, pauses left out. */
  seconds: z.number(),
  best: bestEpochs,
  stopping: stoppingState,
  /** The learning rate and what its scheduler remembers. */
  plateau: z.object({ learningRate: z.number(), best: jsonNumber, badEpochs: z.number() }),
  /** Set when no epoch follows. */
  ended: z.object({ reason: z.enum(["completed", "early_stopping", "nan"]), epochs: z.number() }).nullable(),
});

const stateSchema = z.object({
  /** Number in the names of the weights and the optimizer; null when the training of this network is over. */
  set: z.int().nullable(),
  progress: progressSchema,
  /** Batches accumulated so far: the position of the dropout generator. */
  batches: z.int().nonnegative(),
  /** Weight updates made so far. */
  updates: z.int().nonnegative(),
  /** Number of the event that follows this checkpoint. */
  eventSeq: z.int().nonnegative(),
  seed: z.int(),
  /** What weighs the same in the mean of a weight update that several batches make. Gyrus 0.1, which kept no such record: batches. */
  accumulation: z.enum(["batches", "samples"]).default("batches"),
});

/** The rule of the present version. */
const ACCUMULATION = "samples";

export type SavedProgress = Readonly<z.infer<typeof progressSchema>>;

export interface Checkpoint {
  readonly progress: SavedProgress;
  readonly seed: number;
  readonly eventSeq: number;
  readonly model: {
    readonly parameters: StateDict;
    readonly optimizer: OptimizerMoments;
    readonly batches: number;
  };
}

/** A checkpoint as it is found: without weights when the training of the network is over and only its results are missing. */
export type FoundCheckpoint = Omit<Checkpoint, "model"> & {
  readonly model: Checkpoint["model"] | null;
  /** What is wrong with the one after it; absent of the last one. */
  readonly damage?: readonly Problem[];
};

export class Checkpoints {
  readonly #folder: string;
  readonly #stateFile: string;
  readonly #formerFile: string;
  readonly #description: OptimizerDescription & { readonly architecture: string };

  constructor(place: NetworkPlace, description: OptimizerDescription & { readonly architecture: string }) {
    this.#description = description;

    this.#folder = place.checkpoints;
    this.#stateFile = stateFile(place);
    this.#formerFile = formerFile(place);
  }

  async save({ progress, seed, eventSeq, model }: Checkpoint): Promise<void> {
    const set = (await this.#lastSet()) + 1;
    const last = await eitherState(this.#stateFile, this.#formerFile);
    // Of three sets the first goes: the last one has been read when it was written.
    if (last !== null) await this.#removeAllBut(last.set);
    const { epoch } = progress;
    const name = this.#description.architecture;
    await saveModel(this.#weights(set), { state: model.parameters, epoch, name });
    const { learningRate } = progress.plateau;
    await saveOptimizer(this.#optimizer(set), this.#description, {
      optimizer: model.optimizer,
      learningRate,
      epoch,
      name,
    });
    for (const file of [this.#weights(set), this.#optimizer(set)]) await verifyTorchFile(file);
    if (last !== null) await writeJson(this.#formerFile, last);
    const counts = { batches: model.batches, updates: model.optimizer.step };
    await writeJson(this.#stateFile, {
      set,
      progress,
      ...counts,
      eventSeq,
      seed,
      accumulation: ACCUMULATION,
    });
    if (last === null) await this.#removeAllBut(set);
  }

  /** Records that the training of this network is over (`progress.ended`): its weights stand in best-<metric> and are let go here. */
  async finish({ progress, seed, eventSeq }: Omit<Checkpoint, "model">): Promise<void> {
    const state = {
      set: null,
      progress,
      batches: 0,
      updates: 0,
      eventSeq,
      seed,
      accumulation: ACCUMULATION,
    };
    // Twice, since no weights are kept from which it could be found out again.
    await writeJson(this.#stateFile, state);
    await writeJson(this.#formerFile, state);
    await this.#removeSets(null);
  }

  /**
   * The last checkpoint, or the one before it where that is damaged, which is then the last one; null when there is none.
   * @throws InputError when there is no whole one
   */
  async load(): Promise<FoundCheckpoint | null> {
    const last = await this.#read(this.#stateFile).catch(asDamage);
    if (last !== null && !(last instanceof InputError)) return last;
    const former = await this.#read(this.#formerFile).catch(asDamage);
    if (former === null || former instanceof InputError) {
      if (last instanceof InputError) throw last;
      return null;
    }
    await writeJson(this.#stateFile, await readState(this.#formerFile));
    return { ...former, damage: (last ?? refuse("file.missing", { file: this.#stateFile })).problems };
  }

  /** The checkpoint of a state, whole; null when there is no such file. */
  async #read(file: string): Promise<FoundCheckpoint | null> {
    const state = await readState(file);
    if (state === null) return null;
    const { set, progress, seed, eventSeq, batches, updates } = state;
    if (set === null) return { progress, seed, eventSeq, model: null };
    const { state: parameters } = await loadModel(this.#weights(set));
    const { optimizer } = await loadOptimizer(this.#optimizer(set), this.#description.parameters);
    return {
      progress,
      seed,
      eventSeq,
      model: { parameters, optimizer: { ...optimizer, step: updates }, batches },
    };
  }

  /** Number of the newest file of any set, complete or not. */
  async #lastSet(): Promise<number> {
    const names = await readdir(this.#folder).catch(() => []);
    return Math.max(0, ...names.map((name) => Number(SET_FILE.exec(name)?.[1] ?? 0)));
  }

  /** Leaves one set, and no state that names another one. */
  async #removeAllBut(set: number | null): Promise<void> {
    await rm(this.#formerFile, { force: true });
    await this.#removeSets(set);
  }

  async #removeSets(set: number | null): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const number = SET_FILE.exec(name)?.[1];
      if (number !== undefined && Number(number) !== set) await rm(join(this.#folder, name), { force: true });
    }
  }

  #weights(set: number): string {
    return join(this.#folder, `checkpoint-${set}.pth.tar`);
  }

  #optimizer(set: number): string {
    return join(this.#folder, `optimizer-${set}.pth.tar`);
  }
}

/** Whether the network at `place` goes on from a checkpoint of a version that gave every batch of a weight update the same weight. */
export async function countedBatchesAlike(place: NetworkPlace): Promise<boolean> {
  const state = await eitherState(stateFile(place), formerFile(place));
  return state !== null && state.set !== null && state.accumulation === "batches";
}

const stateFile = (place: NetworkPlace) => join(place.checkpoints, "training_state.json");
const formerFile = (place: NetworkPlace) => join(place.checkpoints, "training_state-former.json");

function asDamage(error: unknown): InputError {
  if (error instanceof InputError) return error;
  throw error;
}

/** The last state; the one before it where that is damaged or gone. Throws an InputError where neither can be read. */
async function eitherState(file: string, former: string): Promise<z.infer<typeof stateSchema> | null> {
  const last = await readState(file).catch(asDamage);
  if (last !== null && !(last instanceof InputError)) return last;
  const before = await readState(former).catch(asDamage);
  if (before !== null && !(before instanceof InputError)) return before;
  if (last instanceof InputError) throw last;
  return null;
}

async function readState(file: string): Promise<z.infer<typeof stateSchema> | null> {
  let text: string;
  try {
    text = await readUtf8(file, "json");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    throw refuse("checkpoint.damaged", { file });
  }
}

const SET_FILE = /^(?:checkpoint|optimizer)-(\d+)\.pth\.tar$/;
