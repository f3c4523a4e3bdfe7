export interface WorkbenchContent {
  /** A folder or a `.code-workspace` file; an empty window without. */
  readonly target?: string | undefined;
  /** Folder of an extension in development. */
  readonly developed?: string | undefined;
  /** A file to show. */
  readonly file?: string | undefined;
}

/** Address of a workbench in the browser. */
export function workbenchUrl(address: string, { target, developed, file }: WorkbenchContent): string {
  const query = new URLSearchParams();
  if (target === undefined) query.set("ew", "true");
  else query.set(target.endsWith(".code-workspace") ? "workspace" : "folder", target);
  const remote = (path: string) => `vscode-remote://${new URL(address).host}${path}`;
  const payload = [
    ...(developed === undefined ? [] : [["extensionDevelopmentPath", remote(developed)]]),
    ...(file === undefined ? [] : [["openFile", remote(file)]]),
  ];
  if (payload.length > 0) query.set("payload", JSON.stringify(payload));
  return `${address}/?${query}`;
}
