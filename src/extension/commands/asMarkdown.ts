/** Words of a study as they are, in a page of Markdown: names of files and groups may hold what Markdown would take for its own. */
export const asMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!~|<>]/g, "\\$&");
