/** The words by which a group is predicted in parts: those of `predict` that speak of one image alone. */
import { resolve } from "node:path";
import type { PartedRequest } from "../../training/results/groupInParts";
import { GROUP_OPTIONS, groupRequest } from "./groupOptions";
import type { OptionValues } from "./options";

export const PART_OPTIONS = {
  caps: GROUP_OPTIONS.caps,
  images: GROUP_OPTIONS.images,
  tsv: GROUP_OPTIONS.tsv,
  diagnoses: GROUP_OPTIONS.diagnoses,
  "no-labels": GROUP_OPTIONS["no-labels"],
  label: { kind: "text", value: "COLUMN", text: "column of the label, instead of that of the training" },
  split: GROUP_OPTIONS.split,
  selection: GROUP_OPTIONS.selection,
  "skip-leak-check": GROUP_OPTIONS["skip-leak-check"],
  "accept-space": GROUP_OPTIONS["accept-space"],
  output: GROUP_OPTIONS.output,
  engine: GROUP_OPTIONS.engine,
  parts: {
    kind: "whole",
    value: "N",
    least: 1,
    default: 10,
    text: "tasks, of which each predicts one part of the group",
  },
} as const;

export type PartWords = OptionValues<typeof PART_OPTIONS>;

/** What is asked for, with paths that mean the same on every node. */
export function partedRequest(maps: string, group: string, options: PartWords): PartedRequest {
  const { label, caps, tsv, images } = options;
  const others = { device: undefined, "leave-out": false, "save-tensors": false } as const;
  const request = groupRequest({ ...options, ...others });
  const isFile = images !== undefined && !images.trimStart().startsWith("{");
  return {
    ...request,
    maps: resolve(maps),
    group,
    caps: caps === undefined ? undefined : resolve(caps),
    tsv: tsv === undefined ? undefined : resolve(tsv),
    images: isFile ? resolve(images) : images,
    label: request.label === null ? null : label,
  };
}

/** The same as words, which `parseWords` reads again. */
export function partWords(
  request: PartedRequest,
  { engine, parts }: Pick<PartWords, "engine" | "parts">,
): string[] {
  const { maps, group, caps, images, tsv, label, diagnoses, splits, metrics, output } = request;
  const given = {
    ...{ caps, images, tsv, label: label ?? undefined, output, engine },
    ...{ diagnoses, split: splits, selection: metrics, parts },
  };
  const flags = [
    ...(label === null ? ["--no-labels"] : []),
    ...(request.skipLeakCheck === true ? ["--skip-leak-check"] : []),
    ...(request.acceptSpace === true ? ["--accept-space"] : []),
  ];
  const named = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => `--${name}=${one}`),
  );
  return [maps, group, ...named, ...flags];
}
