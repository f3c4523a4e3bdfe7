/** The glob that means a file of this name alone: VS Code would take "[1]" and "{a}" for choices. */
export const fileGlob = (name: string): string => name.replace(/[[\]{}*?]/g, "[$&]");
