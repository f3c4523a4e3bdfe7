import "./explainView";
