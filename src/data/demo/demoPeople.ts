/** The people of the demo: who they are, and what age and disease did to their brains. */
import type { RandomGenerator } from "../../network/weights/random";
import { type Anatomy, type Build, drawBuild } from "./phantomBrain";

/** Two groups that a study tells apart. */
export interface DemoContrast {
  /** By the names of their diagnoses, the more ill one first: how far the disease has got, 1 for AD and 0 for healthy people. */
  readonly progress: Readonly<Record<string, number>>;
  /** Years that the more ill group is older on average. */
  readonly older: number;
}

/** Told apart well within a few epochs. */
export const AD_CN: DemoContrast = { progress: { AD: 1, CN: 0 }, older: 1.5 };

/**
 * Mild impairment that will progress to AD, against one that stays: the groups overlap so much that even who measured ventricles,
 * hippocampi and furrows without error would be wrong about every sixth person.
 */
export const PROGRESSION: DemoContrast = { progress: { pMCI: 0.75, sMCI: 0.45 }, older: 0 };

export interface DemoPerson {
  readonly participantId: string;
  readonly diagnosis: string;
  /** At the first session, in years, one decimal. */
  readonly age: number;
  /** In [0, 1), of no consequence for the brain: decides who stands where in a group. */
  readonly lot: number;
  /** Years after the first session; 0 first. */
  readonly visits: readonly number[];
  readonly build: Build;
  readonly anatomyAt: (years: number) => Anatomy;
}

/**
 * The groups overlap: ventricles, hippocampi and furrows vary within each group and with age, the disease moves their means
 * (in the direction that the literature on Alzheimer's disease agrees on; the amounts are chosen for a short training).
 * @param group the place of the person's diagnosis in the contrast
 */
export function drawPerson(
  participantId: string,
  contrast: DemoContrast,
  group: 0 | 1,
  random: RandomGenerator,
): DemoPerson {
  const [diagnosis, reached] = Object.entries(contrast.progress)[group]!;
  const older = group === 0 ? contrast.older : 0;
  const age = Math.round(10 * Math.min(90, Math.max(55, 72 + older + 7 * random.normal()))) / 10;
  const lot = random.uniform();
  const own = { ventricles: random.normal(), hippocampi: random.normal(), furrows: random.normal() };
  const build = drawBuild(random);
  const anatomyAt = (years: number): Anatomy => {
    const aged = age - 72 + years;
    const progress = reached * (1 + 0.1 * years);
    return {
      ventricles: Math.exp(0.1 * own.ventricles + 0.006 * aged + 0.3 * progress),
      hippocampi: Math.exp(0.06 * own.hippocampi - 0.002 * aged - 0.3 * progress),
      furrows: 0.4 * own.furrows + 0.02 * aged + 0.6 * progress,
      build,
    };
  };
  const visits = random.uniform() < 0.25 ? [0, 1] : [0];
  return { participantId, diagnosis, age, lot, visits, build, anatomyAt };
}
