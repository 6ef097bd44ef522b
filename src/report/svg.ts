/**
 * The picture of a network with two inputs: its decision regions, the samples, and the balls around them.
 *
 * Main definitions: `decisionRegionsSvg`, `RegionsPicture`, `PictureOptions`.
 *
 * Regions are exact polygons (plane/), not pixels: what is hatched has no class, and a ball that stays inside a region
 * does so in the plane and not only on the screen. Positions are rounded to 1/100 pixel when they are written. The text
 * is the same on every run and machine.
 */
import { zero } from '../exact/index.js';
import { InputError } from '../format/index.js';
import { classes, type Dataset, point } from '../geometry/index.js';
import { type Network, outputReading } from '../network/index.js';
import { type PictureBall, shownBall } from './picture-ball.js';
import { legendEntries, pictureDescription } from './picture-words.js';
import { decisionRegions, regionOutlines } from './plane/decision-regions.js';
import { rectanglePolygon } from './plane/polygon.js';
import { boundingRectangle, hasInside, plotFrame, type Rectangle } from './plot-frame.js';
import { ballElements, counterexampleElements, regionElements, sampleElements } from './svg-layers.js';
import { legendElements } from './svg-legend.js';
import { hatchPattern, styleElement } from './svg-style.js';
import { escapeXml } from './xml.js';

export interface RegionsPicture {
  readonly network: Network;
  readonly data: Dataset;
  readonly balls: readonly PictureBall[];
}

export interface PictureOptions {
  /** @defaultValue the dataset's name, or "Decision regions" */
  readonly title?: string;
  /** A line below the title. @defaultValue none */
  readonly subtitle?: string;
  /** Part of the plane to show. @defaultValue all samples and balls with a margin */
  readonly rectangle?: Rectangle;
  /** Width in pixels. @defaultValue 760 */
  readonly width?: number;
  /** `auto` follows the reader's system. @defaultValue 'auto' */
  readonly theme?: 'auto' | 'light' | 'dark';
  /** Most affine pieces to compute. @defaultValue 200000 */
  readonly maxPieces?: number;
}

/**
 * The picture as SVG text.
 * @throws InputError when network or dataset are not of the plane, for a sample that does not exist, an empty
 * rectangle, or too many affine pieces; InternalError for a counterexample that is none.
 */
export function decisionRegionsSvg(picture: RegionsPicture, options: PictureOptions = {}): string {
  const { network, data } = picture;
  checkPicture(picture);
  const reading = outputReading(network, Math.max(...data.labels) + 1);
  const balls = picture.balls.map((ball) => shownBall(network, data, ball, reading));
  const rectangle = options.rectangle ?? wholeRectangle(data, picture.balls);
  if (!hasInside(rectangle)) throw new InputError('picture.rectangle: expected lower < upper, got an empty rectangle');
  const outlines = regionOutlines(
    decisionRegions(network, rectanglePolygon(rectangle.lower, rectangle.upper), reading, {
      maxPieces: options.maxPieces,
    }),
  );
  const shown = new Set([...outlines.keys(), ...classes(data)].filter((c) => c !== undefined));
  const classList = [...shown].sort((a, b) => a - b);

  const width = options.width ?? 760;
  const title = options.title ?? data.name ?? 'Decision regions';
  const { subtitle } = options;
  const frame = plotFrame(rectangle, pad, subtitle === undefined ? 54 : 72, width - 2 * pad, width);
  const box = `x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}" rx="6"`;
  const legend = legendElements(
    legendEntries(data, balls, classList, outlines.has(undefined)),
    pad,
    frame.top + frame.height + 18,
    width - 2 * pad,
  );
  const height = Math.ceil(legend.bottom + 18);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
      ' role="img" aria-labelledby="muball-title muball-desc">',
    `<title id="muball-title">${escapeXml(title)}</title>`,
    `<desc id="muball-desc">${escapeXml(pictureDescription(data, balls))}</desc>`,
    styleElement(options.theme ?? 'auto', classList),
    `<defs>${hatchPattern}<clipPath id="muball-plot"><rect ${box}/></clipPath></defs>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    `<text class="title" x="${pad}" y="36">${escapeXml(title)}</text>`,
    ...(subtitle === undefined ? [] : [`<text class="sub" x="${pad}" y="57">${escapeXml(subtitle)}</text>`]),
    '<g clip-path="url(#muball-plot)">',
    ...regionElements(frame, outlines),
    ...ballElements(frame, data, balls),
    ...sampleElements(frame, data),
    ...counterexampleElements(frame, data, balls),
    '</g>',
    `<rect class="frame" ${box}/>`,
    ...legend.elements,
    '</svg>\n',
  ].join('\n');
}

const pad = 22;

function checkPicture({ data, balls }: RegionsPicture): void {
  if (data.dimension !== 2)
    throw new InputError(`dataset: expected 2 coordinates for a picture, got ${data.dimension}`);
  balls.forEach(({ sample }, k) => {
    if (!Number.isSafeInteger(sample) || sample < 0 || sample >= data.size) {
      throw new InputError(`balls[${k}].sample: expected a sample below ${data.size}, got ${sample}`);
    }
  });
}

function wholeRectangle(data: Dataset, balls: readonly PictureBall[]): Rectangle {
  const samples = Array.from({ length: data.size }, (_, i) => ({ centre: point(data, i), reach: zero }));
  return boundingRectangle([...samples, ...balls.map((b) => ({ centre: point(data, b.sample), reach: b.radius }))]);
}
