/** Images that are those of a training under other names: who answers for them answers from memory. */
import { MANY_LEVELS, type VoxelFacts } from "../data/nifti/voxelFacts";
import { imageName } from "../data/sources/nameImage";
import { problem, remark } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
import type { Problem } from "../experiment/problems/problem";
import { some } from "../experiment/problems/some";

/** One that a MAPS has learned from, or was chosen on, and by which voxels it is known. */
export interface KnownImage {
  readonly participantId: string;
  readonly sessionId: string;
  readonly hash: string;
}

export interface AskedImage {
  readonly participantId: string;
  readonly sessionId: string;
  readonly facts: Pick<VoxelFacts, "hash" | "fingerprint" | "levels">;
}

/** An image, and the first of those that it is a copy of. */
interface Copy {
  readonly image: AskedImage;
  readonly first: KnownImage;
}

interface Copies {
  /** Voxel by voxel; else turned. */
  readonly equal: boolean;
  readonly copies: readonly Copy[];
}

/**
 * One error for those that are equal voxel by voxel and one for those that were turned; a notice where the MAPS does not tell what it
 * has learned from (`known` is null). A person who kept the name is told of as a person.
 */
export function copiesOfTraining(
  images: readonly AskedImage[],
  known: readonly KnownImage[] | null,
  { maps, group }: { readonly maps: string; readonly group: string },
): Problem[] {
  if (known === null) return [remark("group.scans-not-compared", { file: maps }, { group })];
  return copiesOf(images, known).map(({ equal, copies }) =>
    problem(
      "group.copies",
      { file: maps },
      {
        count: copies.length,
        people: new Set(copies.map(({ image }) => image.participantId)).size,
        group,
        how: phrase(equal ? "voxel-by-voxel" : "turned-copy"),
        names: namesOfCopies(copies),
      },
    ),
  );
}

export const namesOfCopies = (copies: readonly Copy[]): readonly string[] =>
  some(copies.map(({ image, first }) => `${imageName(image)} = ${imageName(first)}`));

/** Those of `images` that are among `known` under the name of another person: the equal ones and the turned ones, where there are any. */
export function copiesOf(images: readonly AskedImage[], known: readonly KnownImage[]): Copies[] {
  const people = new Set(images.map(({ participantId }) => participantId));
  const taught = new Map<string, KnownImage[]>();
  for (const one of known) {
    if (people.has(one.participantId)) continue;
    const equal = taught.get(fingerprintOf(one.hash));
    if (equal === undefined) taught.set(fingerprintOf(one.hash), [one]);
    else equal.push(one);
  }
  const sharing = new Map<string, number>();
  for (const { facts } of images) sharing.set(facts.fingerprint, (sharing.get(facts.fingerprint) ?? 0) + 1);
  const found = images.flatMap((image) => {
    const { hash, fingerprint, levels } = image.facts;
    const [first, ...others] = taught.get(fingerprint) ?? [];
    // A mask or a drawing that stands for several people is none of theirs.
    const shared = others.length + (sharing.get(fingerprint) ?? 0);
    if (first === undefined || (levels < MANY_LEVELS && shared > 1)) return [];
    return [{ image, first, equal: [first, ...others].some((one) => one.hash === hash) }];
  });
  return [true, false]
    .map((equal) => ({ equal, copies: found.filter((copy) => copy.equal === equal) }))
    .filter(({ copies }) => copies.length > 0);
}

/** The end of a hash says the values in any order. */
const FINGERPRINT = 16;
const fingerprintOf = (hash: string) => hash.slice(-FINGERPRINT);
