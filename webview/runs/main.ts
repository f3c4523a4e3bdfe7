import "./runsView";
