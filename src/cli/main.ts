#!/usr/bin/env node
import { runCommandLine } from "./commandLine/commandLine";
import { translatorOf } from "./terminal/language";
import { processTerminal } from "./terminal/processTerminal";
import { endBySignals } from "./terminal/stopSignal";

endBySignals();
process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), translatorOf(process.env));
