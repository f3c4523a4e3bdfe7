import "./resultsPanel";
