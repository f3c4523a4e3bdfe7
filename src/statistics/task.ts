/** What a network learns to do: to name the class of an image, to tell a value of it, to give the image itself again. */
export const TASK_NAMES = ["classification", "regression", "reconstruction"] as const;

export type Task = (typeof TASK_NAMES)[number];
