import { anyAxis, type DrawnRange, uniform, wholeNumber } from "../drawing";
import { filterFrequencies } from "../frequencies";
import type { AugmentationKind } from "../kind";

export interface GhostingSettings {
  readonly ghosts: DrawnRange;
  readonly intensity: DrawnRange;
  readonly centre: number;
}

export interface DrawnGhosting {
  readonly kind: "ghosting";
  /** Every so manieth plane of k-space is weakened. */
  readonly ghosts: number;
  readonly axis: number;
  /** 0 weakens nothing, 1 takes the planes away. */
  readonly intensity: number;
  /** Part of k-space in its middle that stays; its middle plane does in any case. */
  readonly centre: number;
}

/** Weakens every n-th plane of k-space along one axis, but for its middle, as torchio's RandomGhosting. */
export const ghosting: AugmentationKind<GhostingSettings, DrawnGhosting> = {
  draw: ({ ghosts, intensity: [low, high], centre }, { grid }, random) => ({
    kind: "ghosting",
    ghosts: wholeNumber(random, ghosts),
    axis: anyAxis(random, grid),
    intensity: uniform(random, low, high),
    centre,
  }),

  apply(values, grid, { ghosts, axis, intensity, centre }) {
    if (intensity === 0) return;
    const length = grid.size[axis]!;
    const middle = Math.floor(length / 2);
    const spared = Math.floor(Math.round(centre * length) / 2);
    const kept = Array.from({ length }, (_, plane) =>
      plane % ghosts !== 0 || Math.abs(plane - middle) <= spared ? 1 : 1 - intensity,
    );
    filterFrequencies(values, grid, axis, kept);
  },
};
