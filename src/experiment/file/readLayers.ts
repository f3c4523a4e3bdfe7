import type { LayerList } from "../../network/building/customArchitecture";
import { InputError } from "../problems/problem";
import { layerListSchema } from "../schema/customArchitecture";
import { explainIssues } from "./explainIssue";

/** The layers that `architecture` lists. @throws InputError that says what of them is wrong, by the keys in `file` */
export function readLayers(architecture: unknown, file: string): LayerList {
  const parsed = layerListSchema.safeParse(architecture);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ["architecture", ...issue.path] }));
  throw new InputError(explainIssues(issues, { architecture }, file));
}
