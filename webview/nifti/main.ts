import "./niftiEditor";
