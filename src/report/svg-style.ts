/** Style sheet and shared definitions of a picture. */
import { darkTheme, lightTheme, type Theme } from './palette.js';

/** The style sheet: one theme, or for `auto` the light one with the dark one for readers who prefer it. */
export function styleElement(theme: 'auto' | 'light' | 'dark', classes: readonly number[]): string {
  const rules = [...fixedRules, ...themeRules(theme === 'dark' ? darkTheme : lightTheme, classes)];
  if (theme === 'auto') {
    rules.push(`@media (prefers-color-scheme: dark) {\n${themeRules(darkTheme, classes).join('\n')}\n}`);
  }
  return `<style>\n${rules.join('\n')}\n</style>`;
}

const fixedRules = [
  'text { font-family: ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }',
  '.title { font-size: 18px; font-weight: 600; }',
  '.sub { font-size: 13px; }',
  '.key { font-size: 12.5px; }',
  '.point { font-size: 14px; font-style: italic; font-weight: 600; text-anchor: middle; paint-order: stroke; stroke-width: 3.5px; stroke-linejoin: round; }',
  '.frame { fill: none; }',
  '.edge { fill: none; stroke-width: 1; stroke-opacity: 0.45; stroke-linejoin: round; }',
  '.mark { stroke-width: 1; stroke-linejoin: round; }',
  '.safe { fill-opacity: 0.13; stroke-width: 1.15; }',
  '.broken { fill-opacity: 0.1; stroke-width: 2; }',
  '.undecided { fill: none; stroke-width: 1.4; stroke-dasharray: 4 3; }',
  '.plain { fill: none; stroke-width: 1; stroke-dasharray: 1.5 2.5; }',
  '.way { fill: none; stroke-width: 1.4; stroke-dasharray: 3 3; }',
  '.halo { fill: none; stroke-width: 5; stroke-linecap: round; }',
  '.cross { fill: none; stroke-width: 2.4; stroke-linecap: round; }',
];

function themeRules(theme: Theme, classes: readonly number[]): string[] {
  const { alarm, halo, hatch } = theme;
  return [
    `.card { fill: ${theme.card}; stroke: ${theme.frame}; }`,
    `.title, .key { fill: ${theme.text}; }`,
    `.sub { fill: ${theme.muted}; }`,
    `.frame { stroke: ${theme.frame}; }`,
    `.zone { fill: ${theme.zone}; }`,
    `.hatch { stroke: ${hatch}; stroke-width: 1; }`,
    `.mark, .halo, .point { stroke: ${halo}; }`,
    `.broken { fill: ${alarm}; stroke: ${alarm}; }`,
    `.way, .cross { stroke: ${alarm}; }`,
    `.point, .alarm { fill: ${alarm}; }`,
    `.undecided, .plain { stroke: ${theme.muted}; }`,
    `.any { fill: ${theme.muted}; stroke: ${theme.muted}; }`,
    ...classes.flatMap((c) => {
      const style = theme.classes[c % theme.classes.length]!;
      return [
        `.r${c} { fill: ${style.region}; }`,
        `.m${c} { fill: ${style.mark}; }`,
        `.e${c} { stroke: ${style.mark}; }`,
        `.b${c} { fill: ${style.mark}; stroke: ${style.mark}; }`,
      ];
    }),
  ];
}

/** The hatch of the transition zone. */
export const hatchPattern =
  '<pattern id="muball-hatch" width="6" height="6" patternUnits="userSpaceOnUse">' +
  '<rect class="zone" width="6" height="6"/><path class="hatch" d="M-1 1L1 -1M0 6L6 0M5 7L7 5"/></pattern>';
