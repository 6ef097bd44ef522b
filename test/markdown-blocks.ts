/**
 * Code blocks of documents, and whether what was printed is what they show.
 *
 * In expected output `<seconds>` stands for a number, and a line `<...>` for any lines.
 */

export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a document that name a language. */
export const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((found) => ({
    language: found[1]!,
    text: found[2]!,
    line: markdown.slice(0, found.index).split('\n').length,
  }));

/** The commands of a block with the output that stands below them. */
export const sessionsOf = (block: Block): { command: string; expected: string }[] =>
  block.text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...lines] = part.split('\n');
      return { command: command!, expected: lines.join('\n').trimEnd() };
    });

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether printed text is what a document shows. */
export function matches(printed: string, expected: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line === '<...>' ? '[\\s\\S]*?' : escaped(line).replaceAll('<seconds>', '[0-9.]+')))
    .join('\\n');
  return new RegExp(`^${pattern}$`).test(printed.trimEnd());
}

/** The words of a command line as a shell splits them; quotes group. */
export const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2]!);
