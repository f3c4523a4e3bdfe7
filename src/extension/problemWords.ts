/** Problems in one line of a notification. */
import type { ReplyProblem } from "../run/commandReply";
import { counted } from "./language";

/** More lines of one message would push its buttons away: what a program of others said goes to the log. */
const MOST_LINES = 3;

/** The first problem, with its place, and how many more there are. */
export function problemWords([first, ...others]: readonly ReplyProblem[]): string {
  if (first === undefined) return "";
  const { file, where, message, remedy } = first;
  const place = [file, where].filter((part) => part !== null).map((part) => `${part}: `);
  const said = `${message} ${remedy}`.split(/\r?\n/).map((line) => line.trim());
  const more = others.length === 0 ? "" : ` ${counted("({0} more {0|problem|problems})", others.length)}`;
  return `${place.join("")}${said.slice(0, MOST_LINES).join(" ").trim()}${more}`;
}
