/** Between datasets in memory and their JSON files. */
import { formatRational, parseRational } from '../exact/index.js';
import type { DatasetFile } from '../format/index.js';
import { type Dataset, datasetOf, points } from '../geometry/index.js';

/** The dataset of a file whose shape has been checked. */
export function datasetFromFile(file: DatasetFile): Dataset {
  const values = file.points.map((p) => p.map((text) => parseRational(text)));
  return datasetOf(values, file.labels, file.labelNames === undefined ? {} : { labelNames: file.labelNames });
}

/** The file of a dataset. Lines and name are not kept: they belong to the file that was read. */
export function datasetToFile(data: Dataset): DatasetFile {
  return {
    format: 'muball-dataset',
    version: 1,
    points: points(data).map((p) => p.map(formatRational)),
    labels: data.labels,
    ...(data.labelNames === undefined ? {} : { labelNames: data.labelNames }),
  };
}
