#!/usr/bin/env node
import { runCommandLine } from "./commandLine";
import { translatorOf } from "./language";
import { processTerminal } from "./processTerminal";

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), translatorOf(process.env));
