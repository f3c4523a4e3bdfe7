/** Which engine answers for `gyrus predict` and `gyrus interpret`, on one machine or in a task of a cluster. */
import type { AnsweringEngine } from "../../training/results/answeringEngine";
import type { CommandTerminal } from "../command";
import { chooseEngine, type EngineName } from "./chooseEngine";
import { engineFolders } from "./engineFolders";

/** "auto" waits for the network, with which it times what there is; what cannot be used of the others is refused before anything long begins. @param threads 0 for all cores */
export async function answeringEngine(
  {
    engine,
    device,
    threads = 0,
  }: { readonly engine: EngineName; readonly device?: string | undefined; readonly threads?: number },
  terminal: Pick<CommandTerminal, "tell">,
): Promise<AnsweringEngine> {
  const choice = {
    threads,
    folders: engineFolders(),
    device,
    say: (notice: Parameters<CommandTerminal["tell"]>[0]) => terminal.tell(notice),
  };
  return engine === "auto"
    ? (job) => chooseEngine(engine, { ...choice, job })
    : await chooseEngine(engine, choice);
}
