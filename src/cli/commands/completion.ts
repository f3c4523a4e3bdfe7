import { type Command, defineCommand } from "../command";
import { completionScript, SHELLS } from "../commandLine/completionScript";

/** @param commands what it completes, this command among them */
export const completionCommand = (commands: () => readonly Command[]): Command =>
  defineCommand({
    name: "completion",
    summary: "Prints a script by which a shell completes the words of gyrus.",
    arguments: [{ name: "SHELL", text: "the shell that reads it", choices: SHELLS }],
    options: {},
    remarks: [
      "To have it in every shell, add a line to ~/.bashrc or ~/.zshrc: source <(gyrus completion bash)",
    ],
    examples: ["completion bash > ~/.local/share/bash-completion/completions/gyrus", "completion zsh"],
    async run({ SHELL: shell }, _options, terminal) {
      const script = completionScript(shell, commands());
      return { result: { shell, script }, show: () => terminal.print(script) };
    },
  });
