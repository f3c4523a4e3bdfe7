/**
 * A profile of a cluster: what a task needs, and what this cluster wants to be told. A fixed grammar of names, numbers and words: nothing
 * of it reaches a shell as anything but a word, and nothing of it chooses what is read, written or run.
 */
import { z } from "zod";
import { problem } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
import { InputError, type Problem } from "../experiment/problems/problem";
import type { Phrase } from "../experiment/problems/words";
import { readUtf8 } from "../files/reader";
import { reasonOf } from "../messages/reasonOf";

/** A name as clusters give them. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** A generic resource: `gpu`, `gpu:2`, `gpu:a100:1`. */
const GRES = /^gpu(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?(?::[1-9]\d{0,3})?$/;
/** No path: a file of others would choose which module is loaded. */
const MODULE = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*$/;
/** The value of an option of the scheduler. */
const OPTION_VALUE = /^[A-Za-z0-9_.,:@+&|[\]=*-]{1,512}$/;
const VARIABLE_VALUE = /^[A-Za-z0-9_.,:/@%+=-]{0,1024}$/;

/** Options of `sbatch` that say where a job may run; all others belong to Gyrus, or to keys of the profile. */
export const OPTIONS = [
  "constraint",
  "exclude",
  "hint",
  "licenses",
  "nice",
  "nodelist",
  "prefer",
  "qos",
  "reservation",
  "tmp",
  "wckey",
] as const;

/** Variables that say how libraries compute and where they keep what passes: none by which a program loads another. */
export const VARIABLES = [
  "CUDA_DEVICE_ORDER",
  "CUDA_VISIBLE_DEVICES",
  "GYRUS_LANGUAGE",
  "KMP_AFFINITY",
  "KMP_BLOCKTIME",
  "LANG",
  "LC_ALL",
  "MKL_NUM_THREADS",
  "OMP_NUM_THREADS",
  "OMP_PLACES",
  "OMP_PROC_BIND",
  "OPENBLAS_NUM_THREADS",
  "TEMP",
  "TF_CPP_MIN_LOG_LEVEL",
  "TF_ENABLE_ONEDNN_OPTS",
  "TF_FORCE_GPU_ALLOW_GROWTH",
  "TMP",
  "TMPDIR",
  "TZ",
] as const;

const whole = (most: number) => z.int().min(1).max(most);

export const profileSchema = z.strictObject({
  partition: z.string().regex(NAME).optional(),
  account: z.string().regex(NAME).optional(),
  /** Cores of a task, which are its threads. */
  cpus: whole(4096).default(1),
  memory_gb: z.number().positive().max(100_000).optional(),
  /** Time limit of a task. */
  minutes: whole(525_600).optional(),
  /** So many seconds before that limit a task keeps a checkpoint and goes back to the queue. */
  warning_seconds: whole(65_535).default(120),
  gpu: z.string().regex(GRES).optional(),
  /** Tasks at the same time. */
  at_once: whole(100_000).optional(),
  options: z.partialRecord(z.enum(OPTIONS), z.string().regex(OPTION_VALUE)).default({}),
  environment: z.partialRecord(z.enum(VARIABLES), z.string().regex(VARIABLE_VALUE)).default({}),
  modules: z.array(z.string().max(128).regex(MODULE)).max(64).readonly().default([]),
});
export type Profile = Readonly<z.infer<typeof profileSchema>>;

type ProfileKey = keyof Profile;

export const NO_PROFILE: Profile = profileSchema.parse({});

/** The profile of a file. @throws InputError with every key that is refused */
export async function readProfile(file: string): Promise<Profile> {
  const content = await readUtf8(file, "json").catch((error: unknown) => {
    throw new InputError([problem("cluster.profile", { file }, { reason: reasonOf(error) })]);
  });
  return profileOf(content, file);
}

/** @throws InputError with every key that is refused */
export function profileOf(content: string, file?: string): Profile {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new InputError([problem("cluster.profile", { file }, { reason: reasonOf(error) })]);
  }
  const read = profileSchema.safeParse(json);
  if (!read.success) throw new InputError(read.error.issues.flatMap((issue) => problemsOf(issue, file)));
  const { minutes, warning_seconds: warning } = read.data;
  if (minutes !== undefined && warning >= 60 * minutes) {
    const reason = phrase("cluster-warning-late");
    throw new InputError([refused("warning_seconds", reason, file)]);
  }
  return read.data;
}

function problemsOf(issue: z.core.$ZodIssue, file: string | undefined): Problem[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys" || issue.code === "invalid_key") {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [""];
    return names.map((name) => {
      const key = [...path, ...(name === "" ? [] : [name])].join(".");
      return refused(key, reasonOfKey(path[0] ?? key), file);
    });
  }
  if (path.length === 0) return [problem("cluster.profile", { file }, { reason: phrase("object") })];
  return [refused(path.join("."), reasonOfKey(path[0] ?? ""), file)];
}

const refused = (key: string, reason: Phrase, file: string | undefined): Problem =>
  problem("cluster.profile-key", { file, where: key }, { key, reason });

function reasonOfKey(key: string): Phrase {
  return isKey(key) ? EXPECTED[key] : phrase("cluster-no-key", { known: Object.keys(EXPECTED) });
}

const isKey = (key: string): key is ProfileKey => Object.hasOwn(EXPECTED, key);

/** What each key takes. */
const EXPECTED: Readonly<Record<ProfileKey, Phrase>> = {
  partition: phrase("cluster-name"),
  account: phrase("cluster-name"),
  cpus: phrase("cluster-whole"),
  memory_gb: phrase("cluster-number"),
  minutes: phrase("cluster-whole"),
  warning_seconds: phrase("cluster-whole"),
  gpu: phrase("cluster-gres"),
  at_once: phrase("cluster-whole"),
  options: phrase("cluster-options", { known: OPTIONS }),
  environment: phrase("cluster-variables", { known: VARIABLES }),
  modules: phrase("cluster-modules"),
};
