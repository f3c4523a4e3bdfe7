/** Who is in the sets of a split, and who was left out and why. */
import {
  type ClassCount,
  countSessions,
  type FlowSession,
  leftOutBy,
  type SetFlow,
  type SplitFlow,
} from "../../statistics/dataFlow";
import { imageName } from "../sources/nameImage";
import type { ImageRow, LeftOutRow } from "./rows";
import type { SplitRows } from "./splits";

interface KnownTargets {
  /** Names by code; empty outside classification. */
  readonly classes: readonly string[];
  readonly targets: ReadonlyMap<ImageRow, number>;
}

/** @param found whether the image of a row is there */
export function splitFlow(
  { train, validation, outer, leftOut }: SplitRows,
  found: (row: ImageRow) => boolean,
  known: KnownTargets,
): SplitFlow {
  return {
    train: setFlow(train, leftOut.train, found, known),
    // What the table for validation leaves out is left out of the fold that it is.
    validation: setFlow(validation, outer === undefined ? leftOut.validation : [], found, known),
    ...(outer !== undefined && { outer: setFlow(outer, leftOut.validation, found, known) }),
  };
}

function setFlow(
  rows: readonly ImageRow[],
  leftOut: readonly LeftOutRow[],
  found: (row: ImageRow) => boolean,
  { classes, targets }: KnownTargets,
): SetFlow {
  const used = rows.filter(found);
  const without = rows.filter((row) => !found(row)).map((row) => ({ ...row, reason: "no-image" as const }));
  const left = [...leftOut, ...without];
  return {
    rows: countSessions([...rows, ...leftOut].map(asSession)),
    used: countSessions(used.map(asSession)),
    classes: classes.map((name, code): ClassCount => {
      const own = used.filter((row) => targets.get(row) === code);
      return { name, ...countSessions(own.map(asSession)) };
    }),
    leftOut: leftOutBy(left.map((row) => ({ ...asSession(row), reason: row.reason }))),
  };
}

/** A name is one person in a CAPS, though two cohorts may share it. */
const asSession = (row: ImageRow): FlowSession => ({
  person: `${row.place}\t${row.participantId}`,
  name: imageName(row),
});
