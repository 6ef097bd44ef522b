/**
 * Colours of classes in pictures: muted regions, dark marks on them (light marks in the dark theme).
 *
 * Red is kept for counterexamples. Marks differ in shape as well as in colour, so a picture can be read without colours.
 */

export type MarkShape = 'circle' | 'triangle' | 'diamond' | 'square' | 'wedge' | 'plus' | 'cross' | 'hexagon';

export interface ClassStyle {
  readonly region: string;
  readonly mark: string;
}

export interface Theme {
  readonly card: string;
  readonly text: string;
  readonly muted: string;
  readonly frame: string;
  /** Outline around marks and letters that sets them off from what is below. */
  readonly halo: string;
  readonly zone: string;
  readonly hatch: string;
  readonly alarm: string;
  readonly classes: readonly ClassStyle[];
}

export const markShapes: readonly MarkShape[] = [
  'circle',
  'triangle',
  'diamond',
  'square',
  'wedge',
  'plus',
  'cross',
  'hexagon',
];

export const lightTheme: Theme = {
  card: '#ffffff',
  text: '#1f2328',
  muted: '#5c6570',
  frame: '#c9cfd6',
  halo: '#ffffff',
  zone: '#f3f3f0',
  hatch: '#bdbdb6',
  alarm: '#c4122f',
  classes: [
    { region: '#d3e3f1', mark: '#1d5a91' },
    { region: '#fbdfc0', mark: '#ad520a' },
    { region: '#d2ead1', mark: '#2a7133' },
    { region: '#e4d9f0', mark: '#693d9e' },
    { region: '#cdeae7', mark: '#0d6c69' },
    { region: '#f2d5e3', mark: '#9c2f68' },
    { region: '#ebe7bf', mark: '#6a650f' },
    { region: '#e2dbd2', mark: '#655040' },
  ],
};

export const darkTheme: Theme = {
  card: '#12161c',
  text: '#e6eaf0',
  muted: '#9aa4b1',
  frame: '#3a424d',
  halo: '#12161c',
  zone: '#20252c',
  hatch: '#4b535f',
  alarm: '#ff6b7d',
  classes: [
    { region: '#1b3954', mark: '#93c6f2' },
    { region: '#533617', mark: '#f7b772' },
    { region: '#1f452a', mark: '#93d99a' },
    { region: '#3b2b56', mark: '#c6abf1' },
    { region: '#16443f', mark: '#83d9d0' },
    { region: '#4f2340', mark: '#f2a4c8' },
    { region: '#444219', mark: '#ddd672' },
    { region: '#3e352d', mark: '#cfbba6' },
  ],
};
