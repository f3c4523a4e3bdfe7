import { basename } from "node:path";

/** What the MAPS of an experiment file is called where nobody says otherwise: `maps_<name>`. */
export const mapsName = (experiment: string): string =>
  `maps_${basename(experiment).replace(/(\.experiment)?\.json$/, "")}`;
