/** Valid files to damage: small ones of the fixtures, and packed ones with their insides. */
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { unzipSync, zipSync } from "fflate";
import { fixture } from "../support/fixturePath";
import type { Seed } from "./reader";

export const textSeed = (text: string): Seed => ({ bytes: Buffer.from(text) });

export const jsonSeed = (value: unknown): Seed => textSeed(JSON.stringify(value, null, 2));

export const fileSeed = (path: string): Seed => ({ bytes: readFileSync(fixture(path)) });

/** Gzip of `bytes`, which is damaged inside too. */
export const gzipSeed = (bytes: Buffer): Seed => ({
  bytes: gzipSync(bytes),
  inner: { bytes, pack: (inner) => gzipSync(inner, { level: 1 }) },
});

/** A file of gzip data. */
export const gzipFileSeed = (path: string): Seed => gzipSeed(gunzipSync(readFileSync(fixture(path))));

/** A PyTorch file, of which the pickle is damaged too, with a checksum that is right again. */
export function torchSeed(path: string): Seed {
  const bytes = readFileSync(fixture(path));
  const records = unzipSync(bytes);
  const name = Object.keys(records).find((one) => one.endsWith("data.pkl"));
  const pickle = name === undefined ? undefined : records[name];
  if (name === undefined || pickle === undefined) throw new Error(`${path} holds no pickle.`);
  return {
    bytes,
    inner: {
      bytes: Buffer.from(pickle),
      pack: (inner) =>
        Buffer.from(
          zipSync({ ...records, [name]: new Uint8Array(inner) }, { level: 0, mtime: new Date(1980, 0, 1) }),
        ),
    },
  };
}
