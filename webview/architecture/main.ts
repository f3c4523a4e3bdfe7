import "./architectureView";
