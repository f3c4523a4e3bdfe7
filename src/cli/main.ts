#!/usr/bin/env node
process.stderr.write("gyrus\n");
