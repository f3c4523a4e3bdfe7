import { lookAt } from "./reader";

/** Whether there is a file or a folder of this name that can be looked at. */
export async function exists(path: string): Promise<boolean> {
  return (await lookAt(path)) !== null;
}
