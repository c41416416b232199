#!/usr/bin/env node
import { isNodeRecent, oldestNode } from './node-version.js';

// Older ones fail on what the other files import, without a word that helps.
if (isNodeRecent(process.versions.node)) {
  const { main } = await import('./cli/main.js');
  await main();
} else {
  process.stderr.write(`Easel needs Node ${oldestNode()} or newer, this is ${process.versions.node}.\n`);
  process.exitCode = 2;
}
