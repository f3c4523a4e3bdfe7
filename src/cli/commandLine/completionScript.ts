/** A script by which a shell completes the words of `gyrus`, from the tables of the commands. */
import type { Command } from "../command";
import { type Argument, COMMON_OPTIONS, type Completes, type Option } from "./options";

export const SHELLS = ["bash", "zsh"] as const;
export type Shell = (typeof SHELLS)[number];

type Described = Omit<Command, "execute">;

/** To be read by the shell, `source <(gyrus completion bash)`. zsh takes the script of bash through a module of its own. */
export function completionScript(shell: Shell, commands: readonly Described[]): string {
  switch (shell) {
    case "bash":
      return bashScript(commands);
    case "zsh":
      return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`;
  }
}

function bashScript(commands: readonly Described[]): string {
  const names = commands.map(({ name }) => name.split(" "));
  const first = [...new Set(names.map(([word = ""]) => word)), "help"];
  const families = first.flatMap((word) => {
    const second = names.flatMap(([start, next]) => (start === word && next !== undefined ? [next] : []));
    return second.length === 0 ? [] : [[word, second] as const];
  });
  // The longest name first: `engines install` is no word of `engines`.
  const ordered = [...commands].sort((a, b) => b.name.length - a.name.length);
  return `# Completion of gyrus, written by \`gyrus completion\`.
_gyrus_words() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}
_gyrus_paths() {
  type compopt > /dev/null 2>&1 && compopt -o filenames
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$word"))
}
_gyrus() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local first="\${COMP_WORDS[1]}" second="\${COMP_WORDS[2]}" place=0 i
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    _gyrus_words "${first.join(" ")}"
    return
  fi
  if [ "$COMP_CWORD" -eq 2 ]; then
    case "$first" in
${families.map(([word, second]) => `      ${word}) [[ "$word" != -* ]] && _gyrus_words "${second.join(" ")}" && return ;;`).join("\n")}
    esac
  fi
  case "$first $second" in
${ordered.map(branch).join("\n")}
  esac
}
complete -F _gyrus gyrus
`;
}

/** What can follow within one command: the value of an option, an option, the word of a place. */
function branch({ name, arguments: words, options }: Described): string {
  const all: readonly (readonly [string, Option])[] = Object.entries({ ...options, ...COMMON_OPTIONS });
  const valued = all.filter(([, { kind }]) => kind !== "flag");
  const values = valued.map(([option, given]) => `        --${option}) ${completionOf(given)}; return ;;`);
  const places = words.map((word, place) => `        ${place}) ${completionOf(word)} ;;`);
  const skipped = valued.map(([option]) => `--${option}`).join("|");
  const length = name.split(" ").length;
  return [
    `    ${length === 1 ? `"${name} "*` : `"${name}"`})`,
    ...(values.length === 0 ? [] : ['      case "$before" in', ...values, "      esac"]),
    '      if [[ "$word" == -* ]]; then',
    `        _gyrus_words "${all.map(([option]) => `--${option}`).join(" ")}"`,
    "        return",
    "      fi",
    ...(places.length === 0
      ? []
      : [
          `      for ((i = ${length + 1}; i < COMP_CWORD; i++)); do`,
          `        case "\${COMP_WORDS[i]}" in`,
          ...(skipped === "" ? [] : [`          ${skipped}) i=$((i + 1)) ;;`]),
          "          -*) ;;",
          "          *) place=$((place + 1)) ;;",
          "        esac",
          "      done",
          '      case "$place" in',
          ...places,
          "      esac",
        ]),
    "      ;;",
  ].join("\n");
}

/** The command of the shell that finds the candidates; `:` where any text may stand. */
function completionOf(word: Option | Argument): string {
  if ("choices" in word && word.choices !== undefined) return `_gyrus_words "${word.choices.join(" ")}"`;
  return "completes" in word && word.completes !== undefined ? PATHS[word.completes] : ":";
}

const PATHS: Readonly<Record<Completes, string>> = { file: "_gyrus_paths -f", folder: "_gyrus_paths -d" };
