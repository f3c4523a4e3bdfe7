/** Address of a workbench in the browser that opens `target`, with the extension of the folder `developed`. */
export function workbenchUrl(address: string, target?: string, developed?: string): string {
  const query = new URLSearchParams();
  if (target === undefined) query.set("ew", "true");
  else query.set(target.endsWith(".code-workspace") ? "workspace" : "folder", target);
  if (developed !== undefined) {
    const place = `vscode-remote://${new URL(address).host}${developed}`;
    query.set("payload", JSON.stringify([["extensionDevelopmentPath", place]]));
  }
  return `${address}/?${query}`;
}
