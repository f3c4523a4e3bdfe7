/** The file in the folder that holds the MAPS, never inside of one, in which what users keep of runs stands. */
export const NOTES_FILE = "gyrus-runs.json";
