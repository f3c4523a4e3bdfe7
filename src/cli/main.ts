#!/usr/bin/env node
import { runCommandLine } from "./commandLine";
import { processTerminal } from "./processTerminal";

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
