/** What a view kept for a reload of the window. It was written by the view, perhaps by one of another version. */
import { Uri } from "vscode";

/** The value of `key`, or undefined when the state is no object or has none. */
export function kept(state: unknown, key: string): unknown {
  if (typeof state !== "object" || state === null) return undefined;
  return Object.entries(state).find(([name]) => name === key)?.[1];
}

/** Path of the file whose URI stands at `key`; undefined when there is none, or when it is not on this machine. */
export function keptFile(state: unknown, key: string): string | undefined {
  const value = kept(state, key);
  if (typeof value !== "string") return undefined;
  const uri = Uri.parse(value);
  return uri.scheme === "file" ? uri.fsPath : undefined;
}
