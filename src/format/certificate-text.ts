/**
 * The text of a certificate file.
 *
 * Main definitions: `certificateText`.
 *
 * Notes. `JSON.stringify` recurses and exhausts the stack on trees a few thousand splits deep; this writer keeps a list
 * of what is still to be written. Reading needs no such care: `JSON.parse` of the engines in use does not recurse.
 */
import type { CertificateFile, Proof } from './certificate-file.js';

/** The file as JSON in one line, without a line end. */
export function certificateText({ format, version, query, lemmas = [], ridges, proofs }: CertificateFile): string {
  const out: string[] = [`${JSON.stringify({ format, version, query }).slice(0, -1)},`];
  if (lemmas.length > 0) {
    out.push('"lemmas":[');
    for (const [j, { proof, ...head }] of lemmas.entries()) {
      out.push(j === 0 ? '' : ',', JSON.stringify(head).slice(0, -1), ',"proof":');
      writeProof(out, proof);
      out.push('}');
    }
    out.push('],');
  }
  if (ridges !== undefined) out.push(`"ridges":${JSON.stringify(ridges)},`);
  out.push('"proofs":[');
  for (const [i, proof] of proofs.entries()) {
    out.push(i === 0 ? '' : ',');
    writeProof(out, proof);
  }
  out.push(']}');
  return out.join('');
}

function writeProof(out: string[], proof: Proof): void {
  const todo: (Proof | string)[] = [proof];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') {
      out.push(next);
    } else if (next.rule === 'split') {
      out.push(`{"rule":"split","neuron":[${next.neuron.join(',')}],"below":`);
      todo.push('}', next.above, ',"above":', next.below);
    } else {
      out.push(JSON.stringify(next));
    }
  }
}
