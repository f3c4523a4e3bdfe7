/** How the columns of a table are separated: by tabs, as tables of ClinicaDL and BIDS are, or as the program that exported it does. */

const SEPARATORS = ["\t", ";", ","] as const;
export type Separator = (typeof SEPARATORS)[number];

/**
 * The first of tab, semicolon and comma that stands in the header, outside of quotation marks: a country that writes 3,5 separates by
 * semicolons, and one that writes 3.5 has no reason to. A table of one column has none, and is read as one of tabs.
 */
export function separatorOf(text: string): Separator {
  const header = headerOf(text);
  return SEPARATORS.find((separator) => header.includes(separator)) ?? "\t";
}

/** The first line without what stands in quotation marks, where a line may end. */
function headerOf(text: string): string {
  let quoted = false;
  let header = "";
  for (const character of text.slice(0, LONGEST_HEADER)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) {
      if (header !== "") return header;
    } else if (!quoted) header += character;
  }
  return header;
}

/** Letters: a longer first line is no header of a study. */
const LONGEST_HEADER = 1_000_000;
