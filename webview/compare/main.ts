import "./compareView";
