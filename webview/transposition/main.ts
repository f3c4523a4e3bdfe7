import "./transpositionView";
