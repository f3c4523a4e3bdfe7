import { build } from "esbuild";

/** What a TypeScript module of the program exports, for a step of the build that needs its values. */
export async function evaluated(entryPoint) {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: "esm",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
