/** Which graphics card computes, where there are several. */
export const DEVICE_OPTION = {
  kind: "text",
  value: "CARD",
  text: "with several graphics cards: part of the name of one, or its number from 0; `gyrus engines` lists them",
} as const;
