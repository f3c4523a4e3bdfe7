/** Which Node can train on a graphics card. */
import { sentence } from "../../../network/sentence";

/**
 * Whether this Node gets numbers back from a card: Dawn hands out memory that is not V8's own, which the Node inside the desktop's VS Code
 * (Electron) refuses ("External buffers are not allowed").
 */
export const canReadFromCards = (versions: Readonly<Partial<Record<string, string>>>): boolean =>
  versions.electron === undefined;

/** What is said where it cannot. */
export const NEEDS_NODE = sentence`The Node.js inside VS Code cannot read from a graphics card. Install Node.js 20.19 or later from nodejs.org, or let the command “Gyrus: Install GPU Engine” bring one; the setting \`gyrus.nodePath\` names another.`;
