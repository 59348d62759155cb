#!/usr/bin/env node
// The command as npm links it: there before the first build, unlike dist.
import '../dist/cli/hff.js';
