import type { Say } from "./words";

const ONE = {
  sessions: "one-session",
  participants: "one-participant",
  diagnoses: "one-diagnosis",
  draws: "one-draw",
} as const;

/** "1 session", "3 sessions". */
export const counted = (say: Say, count: number, what: keyof typeof ONE): string =>
  count === 1 ? say(ONE[what], { count }) : say(what, { count });
