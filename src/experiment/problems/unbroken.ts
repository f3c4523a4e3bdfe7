/** French puts a space before ":", ";", "?" and "!", and within « »: a line that broke there would begin, or end, with the sign alone. */
export const unbroken = (said: string): string => said.replace(/ (?=[:;?!»])|(?<=«) /g, "\u00a0");
