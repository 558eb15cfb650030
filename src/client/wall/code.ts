import { encode } from 'uqr';
import { el } from './dom.ts';

const SVG = 'http://www.w3.org/2000/svg';
const QUIET_MODULES = 2;

/** A QR code as one path, black on white: cameras in dim rooms fail on anything else. */
export function codeSquare(text: string): HTMLElement {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES });
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      let end = x;
      while (row[end]) end++;
      if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end;
    }
  });
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const drawn = document.createElementNS(SVG, 'path');
  drawn.setAttribute('d', path);
  svg.appendChild(drawn);
  const square = el('div', 'code-square');
  square.appendChild(svg);
  square.setAttribute('role', 'img');
  square.setAttribute('aria-label', text);
  return square;
}

/** The code with what to do with it. */
export function codeCard(text: string, words: string): HTMLElement {
  const said = el('p', 'code-words');
  said.textContent = words;
  return el('div', 'code', codeSquare(text), said);
}

/** An address as people say it. */
export const spoken = (url: string): string => url.replace(/^https?:\/\//, '');
