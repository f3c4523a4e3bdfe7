/** Room that a task keeps on the disk of its MAPS: given free when the disk is full, so that its record finds a place to say so. */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { writeAtomically } from "../files/atomicFile";

/** A record and the last lines of a log take less. Bytes. */
const SIZE = 64 * 1024;

/** Noise, which no disk stores in less. Rejects where the disk is full. */
export const keepRoom = (file: string): Promise<void> => writeAtomically(file, randomBytes(SIZE));

export const freeRoom = (file: string): Promise<void> => rm(file, { force: true });
