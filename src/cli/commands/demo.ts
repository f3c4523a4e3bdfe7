import type { Command } from "../command";
export const demo: Command = { name: "demo", usage: "demo", summary: "", help: [], run: async () => 0 };
