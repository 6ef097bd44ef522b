/** Names from files, made safe for a terminal and a single line. */

/** The text with control characters, which could move the cursor or forge lines, replaced by U+FFFD. */
export const plainText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass.
  text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g, '\uFFFD');
