// Removes dist/, so that no file of an earlier build outlives its source.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
