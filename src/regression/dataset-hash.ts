/** The name of a dataset by its content. */
import { createHash } from 'node:crypto';
import { formatRational } from '../exact/index.js';
import { type Dataset, point } from '../geometry/index.js';

/**
 * SHA-256 of the dataset's canonical text, the file without blanks, with reduced rationals and without the names of
 * labels, in lower-case hexadecimal.
 */
export function datasetHash(data: Dataset): string {
  const hash = createHash('sha256').update('{"format":"muball-dataset","version":1,"points":[');
  for (let i = 0; i < data.size; i++) {
    hash.update(`${i === 0 ? '' : ','}${JSON.stringify(point(data, i).map(formatRational))}`);
  }
  return hash.update(`],"labels":${JSON.stringify(data.labels)}}`).digest('hex');
}
