import "./trainingPanel";
