import "./inputsView";
