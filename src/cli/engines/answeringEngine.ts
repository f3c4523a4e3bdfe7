/** Which engine answers for `gyrus predict` and `gyrus interpret`. */
import type { AnsweringEngine } from "../../training/results/answeringEngine";
import type { CommandTerminal } from "../command";
import { chooseEngine, type EngineName } from "./chooseEngine";
import { engineFolders } from "./engineFolders";

/** "auto" waits for the network, with which it times what there is; what cannot be used of the others is refused before anything long begins. */
export async function answeringEngine(
  { engine, device }: { readonly engine: EngineName; readonly device?: string | undefined },
  terminal: Pick<CommandTerminal, "tell">,
): Promise<AnsweringEngine> {
  const choice = {
    threads: 0,
    folders: engineFolders(),
    device,
    say: (notice: Parameters<CommandTerminal["tell"]>[0]) => terminal.tell(notice),
  };
  return engine === "auto"
    ? (job) => chooseEngine(engine, { ...choice, job })
    : await chooseEngine(engine, choice);
}
