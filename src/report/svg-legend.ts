/** The legend of a picture: swatches with words, in as many rows as they need. */
import { escapeXml } from './xml.js';

export interface LegendEntry {
  readonly text: string;
  /** CSS class of the words besides `key`. */
  readonly style?: string;
  /** The swatch's elements inside the box [x, x + 24] × [y, y + 16]. */
  readonly swatch: (x: number, y: number) => readonly string[];
}

export interface Legend {
  readonly elements: readonly string[];
  /** Lower end. */
  readonly bottom: number;
}

const rowHeight = 25;
const swatchWidth = 24;

/** The entries in rows from (left, top), at most `width` wide. Word widths are estimated: fonts are the reader's. */
export function legendElements(entries: readonly LegendEntry[], left: number, top: number, width: number): Legend {
  const elements: string[] = [];
  let x = left;
  let y = top;
  for (const entry of entries) {
    const text = shortened(entry.text, Math.floor((width - swatchWidth - 8) / letterWidth));
    const needed = swatchWidth + 8 + letterWidth * [...text].length;
    if (x > left && x + needed > left + width) {
      x = left;
      y += rowHeight;
    }
    elements.push(...entry.swatch(x, y));
    elements.push(
      `<text class="key${entry.style === undefined ? '' : ` ${entry.style}`}" x="${x + swatchWidth + 8}" y="${y + 12.5}">${escapeXml(text)}</text>`,
    );
    x = Math.ceil(x + needed + 18);
  }
  return { elements, bottom: entries.length === 0 ? top : y + 16 };
}

const letterWidth = 6.7;

const shortened = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
};
