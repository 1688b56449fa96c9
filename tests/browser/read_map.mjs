// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a map in the browser: where its frames are, and where the browser puts its texts. Lengths are the map's own points.

// Runs inside the page, so it may use nothing from outside itself.
export function readMap(svg) {
  const NOT_FRAMED = ['lg', 'row', 'edge']; // groups whose first rectangle is a badge, or that have none
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const broken = parsed.querySelector('parsererror');
  if (broken) return { broken: broken.textContent };
  const root = document.importNode(parsed.documentElement, true);
  document.body.replaceChildren(root);
  if (root.querySelector('[transform]')) return { broken: 'a transform, which this measure does not know' };

  const number = (element, name) => Number(element.getAttribute(name));
  const rectangle = (rect) => ({ x: number(rect, 'x'), y: number(rect, 'y'), width: number(rect, 'width'), height: number(rect, 'height') });
  const label = (element) => {
    const around = element.closest('g[id]');
    const name = around ? '#' + around.id : '';
    return element.localName === 'g' && element !== around ? `${name} .${element.getAttribute('class')} ${element.querySelector('title')?.textContent ?? ''}` : name;
  };
  const frames = [];
  const frameOf = new Map();
  const framesAround = (element) => {
    const found = [];
    for (let at = element.parentElement; at; at = at.parentElement) if (frameOf.has(at)) found.push(frameOf.get(at));
    return found;
  };
  for (const group of root.querySelectorAll('g[class]')) {
    const drawn = [...group.children].find((child) => child.localName !== 'title');
    if (drawn?.localName !== 'rect' || NOT_FRAMED.some((name) => group.classList.contains(name))) continue;
    frameOf.set(group, frames.length);
    frames.push({ ...rectangle(drawn), label: label(group), classes: [...group.classList], inside: framesAround(group) });
  }

  // Above and below the base line a text is as tall as its ink: its box is as tall as its font, and lines of one name may share that.
  const pen = document.createElement('canvas').getContext('2d');
  const texts = [...root.querySelectorAll('text')].map((text) => {
    const box = text.getBBox();
    const style = getComputedStyle(text);
    const size = number(text, 'font-size');
    pen.font = `${style.fontWeight} 100px ${style.fontFamily}`;
    const ink = pen.measureText(text.textContent);
    return {
      label: `${label(text)} “${text.textContent}”`,
      blank: text.textContent.trim() === '',
      inside: framesAround(text),
      box: { x: box.x, y: box.y, width: box.width, height: box.height },
      ink: {
        x: box.x,
        y: number(text, 'y') - (ink.actualBoundingBoxAscent * size) / 100,
        width: box.width,
        height: ((ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent) * size) / 100,
      },
    };
  });
  const ids = [...root.querySelectorAll('[id]')].map((element) => element.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);

  // The texts alone, each in a colour of its own, for a painter that gives nothing but pixels.
  const coloured = root.cloneNode(true);
  for (const other of coloured.querySelectorAll('rect,path,defs')) other.remove();
  [...coloured.querySelectorAll('text')].forEach((text, at) => {
    const part = (shift) => (((at >> shift) & 15) * 17).toString(16).padStart(2, '0');
    text.setAttribute('fill', `#${part(0)}${part(4)}${part(8)}`);
  });
  const [, , width, height] = root.getAttribute('viewBox').split(' ').map(Number);
  return { page: { x: 0, y: 0, width, height }, frames, texts, twice, coloured: new XMLSerializer().serializeToString(coloured) };
}

// The font that maps are drawn with, told by the widths of three characters: '' where it is neither.
export function fontDrawn() {
  const pen = document.createElement('canvas').getContext('2d');
  pen.textRendering = 'geometricPrecision';
  pen.font = "1000px 'Noto Sans CJK SC', sans-serif";
  const widths = [...'\u94feim'].map((text) => Math.round(pen.measureText(text).width));
  const fonts = { 'Noto Sans CJK SC': [1000, 275, 926], 'DejaVu Sans': [600, 278, 974] };
  return Object.keys(fonts).find((font) => fonts[font].every((width, at) => Math.abs(width - widths[at]) <= 1)) ?? '';
}
