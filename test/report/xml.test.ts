import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/report/plain-text.js';
import { escapeXml } from '../../src/report/xml.js';

describe('escapeXml', () => {
  it('escapes all markup', () => {
    expect(escapeXml(`</title><script a="1" b='2'>&amp;`)).toBe(
      '&lt;/title&gt;&lt;script a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;',
    );
  });

  it('replaces what XML does not admit and keeps the rest', () => {
    expect(escapeXml('a\u0000b\u001bc\ud800d\udc00e\ufffff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf');
    expect(escapeXml('ℓ∞ x′ 😀\t\n')).toBe('ℓ∞ x′ 😀\t\n');
  });
});

describe('plainText', () => {
  it('disarms terminal escapes, line ends and direction marks', () => {
    expect(plainText('a\u001b[31mb\r\nc\u009bd\u202ee')).toBe('a\ufffd[31mb\ufffd\ufffdc\ufffdd\ufffde');
    expect(plainText('Müller–ℓ∞ 😀')).toBe('Müller–ℓ∞ 😀');
  });
});
