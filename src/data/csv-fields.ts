/**
 * One line of a CSV file as its fields [RFC 4180, without line ends inside quotes].
 */
import { InputError } from '../format/index.js';

/**
 * The fields of a line, separated by commas. A field whose first character is `"` ends at the next single `"`, and `""`
 * in it stands for `"`; blanks around fields are dropped, inside quotes they are kept.
 * @throws InputError naming the column (counted from 1) for a quote that is not closed or is followed by other text.
 */
export function csvFields(line: string, where: string): string[] {
  if (!line.includes('"')) return line.split(',').map((field) => field.trim());
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    if (line[at] === '"') {
      let field = '';
      for (;;) {
        const close = line.indexOf('"', at + 1);
        if (close < 0) {
          throw new InputError(`${where}: column ${fields.length + 1}: expected a closing quote before the line ends`);
        }
        field += line.slice(at + 1, close);
        at = close + 1;
        if (line[at] !== '"') break;
        field += '"';
      }
      while (line[at] === ' ' || line[at] === '\t') at++;
      if (at < line.length && line[at] !== ',') {
        throw new InputError(
          `${where}: column ${fields.length + 1}: expected a comma after the closing quote, got ${JSON.stringify(line[at])}`,
        );
      }
      fields.push(field);
    } else {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      fields.push(line.slice(at, end).trim());
      at = end;
    }
    if (at >= line.length) return fields;
  }
}
