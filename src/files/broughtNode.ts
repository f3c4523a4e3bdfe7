/** The Node.js that `gyrus engines install node` brings, for an editor whose own Node cannot read from a graphics card. */
import { join } from "node:path";
import { engineStorage } from "./engineStorage";

/** Where it stands, or would. @param folder that engines are installed into */
export function broughtNode(
  folder: string = engineStorage(),
  platform: NodeJS.Platform = process.platform,
): string {
  return join(folder, "node", platform === "win32" ? "node.exe" : "node");
}
