/** Text inside XML and SVG. */

/** The text with markup characters escaped, and characters that XML does not admit at all replaced by U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (c) => entities[c]!).replace(forbidden, '\uFFFD');
}

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

// Control characters other than tab and line ends, lone surrogates, U+FFFE and U+FFFF.
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass.
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
