/** The editor's side of what a view asks for. */
import { z } from "zod";
import type { OpenPanel } from "./bed";

const requestSchema = z.object({
  kind: z.literal("request"),
  id: z.number(),
  name: z.string(),
  args: z.array(z.unknown()),
});
export type Asked = z.infer<typeof requestSchema>;

/** Requests so far, those for `name` alone when it is given. */
export async function requestsOf(panel: OpenPanel, name?: string): Promise<readonly Asked[]> {
  const requests = (await panel.sent()).filter(({ kind }) => kind === "request");
  return requests
    .map((one) => requestSchema.parse(one))
    .filter((one) => name === undefined || one.name === name);
}

/** Arguments of the last request for `name`; null while there is none. */
export async function lastAsked(panel: OpenPanel, name: string): Promise<readonly unknown[] | null> {
  return (await requestsOf(panel, name)).at(-1)?.args ?? null;
}

/** Answers the last request for `name`. */
export async function answerLast(panel: OpenPanel, name: string, value: unknown): Promise<void> {
  await panel.send({ kind: "answer", id: await lastId(panel, name), value });
}

/** Refuses the last request for `name`. */
export async function refuseLast(panel: OpenPanel, name: string, failure: unknown): Promise<void> {
  await panel.send({ kind: "failure", id: await lastId(panel, name), failure });
}

async function lastId(panel: OpenPanel, name: string): Promise<number> {
  const request = (await requestsOf(panel, name)).at(-1);
  if (request === undefined) throw new Error(`Nobody asked for ${name}.`);
  return request.id;
}
