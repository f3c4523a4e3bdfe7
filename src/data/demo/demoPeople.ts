/** The people of the demo: who they are, and what age and disease did to their brains. */
import type { RandomGenerator } from "../../network/weights/random";
import { type Anatomy, type Build, drawBuild } from "./phantomBrain";

export interface DemoPerson {
  readonly participantId: string;
  readonly diagnosis: "AD" | "CN";
  readonly sex: "F" | "M";
  /** At the first session, in years, one decimal. */
  readonly age: number;
  /** Years after the first session; 0 first. */
  readonly visits: readonly number[];
  readonly build: Build;
  readonly anatomyAt: (years: number) => Anatomy;
}

/**
 * The groups overlap: ventricles, hippocampi and furrows vary within each group and with age, the disease moves their means
 * (in the direction that the literature on Alzheimer's disease agrees on; the amounts are chosen for a short training).
 */
export function drawPerson(
  participantId: string,
  diagnosis: "AD" | "CN",
  random: RandomGenerator,
): DemoPerson {
  const ill = diagnosis === "AD" ? 1 : 0;
  const age = Math.round(10 * Math.min(90, Math.max(55, 72 + 1.5 * ill + 7 * random.normal()))) / 10;
  const sex = random.uniform() < 0.5 ? "F" : "M";
  const own = { ventricles: random.normal(), hippocampi: random.normal(), furrows: random.normal() };
  const build = drawBuild(random);
  const anatomyAt = (years: number): Anatomy => {
    const aged = age - 72 + years;
    const progress = ill * (1 + 0.1 * years);
    return {
      ventricles: Math.exp(0.1 * own.ventricles + 0.006 * aged + 0.3 * progress),
      hippocampi: Math.exp(0.06 * own.hippocampi - 0.002 * aged - 0.3 * progress),
      furrows: 0.4 * own.furrows + 0.02 * aged + 0.6 * progress,
      build,
    };
  };
  const visits = random.uniform() < 0.25 ? [0, 1] : [0];
  return { participantId, diagnosis, sex, age, visits, build, anatomyAt };
}
