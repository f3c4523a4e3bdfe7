import manifest from "../../package.json";

export const GYRUS_VERSION: string = manifest.version;
