// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold on a map: no text leaves its card, no card its panel, nothing the page, and nothing lies on anything else.

const TOLERANCE = 0.75; // points: a hair line

function leaves(inner, outer, slack) {
  return Math.max(outer.x - inner.x, outer.y - inner.y, inner.x + inner.width - outer.x - outer.width,
    inner.y + inner.height - outer.y - outer.height) > slack;
}

function overlap(a, b, slack) {
  return a.x + slack < b.x + b.width && b.x + slack < a.x + a.width && a.y + slack < b.y + b.height && b.y + slack < a.y + a.height;
}

const short = (box) => ['x', 'y', 'width', 'height'].map((name) => box[name].toFixed(1)).join(' ');

// Every pair that overlaps, from upper edges downward.
function overlapping(items, slack) {
  const sorted = items.slice().sort((a, b) => a.at.y - b.at.y);
  const found = [];
  sorted.forEach((first, i) => {
    for (let j = i + 1; j < sorted.length && sorted[j].at.y < first.at.y + first.at.height; j++)
      if (overlap(first.at, sorted[j].at, slack)) found.push([first, sorted[j]]);
  });
  return found;
}

export function checkFrames({ page, frames, twice }) {
  const found = twice.map((id) => `two elements have the id ${id}`);
  const panels = frames.filter((frame) => frame.classes.includes('stage'));
  for (const frame of frames) {
    if (leaves(frame, page, TOLERANCE)) found.push(`${frame.label} leaves the page: ${short(frame)}`);
    for (const outer of frame.inside)
      if (leaves(frame, frames[outer], TOLERANCE)) found.push(`${frame.label} leaves ${frames[outer].label}: ${short(frame)}`);
    const card = frame.inside.length === 0 && ['link', 'junction'].some((name) => frame.classes.includes(name));
    if (card && panels.length && panels.every((panel) => leaves(frame, panel, TOLERANCE)))
      found.push(`${frame.label} leaves its panel: ${short(frame)}`);
  }
  const items = frames.map((frame, at) => ({ at: frame, frame, number: at }));
  for (const [a, b] of overlapping(items, TOLERANCE)) {
    const nested = a.frame.inside.includes(b.number) || b.frame.inside.includes(a.number);
    const onPanel = panels.includes(a.frame) !== panels.includes(b.frame);
    if (!nested && !onPanel) found.push(`${a.frame.label} overlaps ${b.frame.label}: ${short(a.at)}, ${short(b.at)}`);
  }
  return found;
}

// How: which boxes of the texts are held against frames and against each other, and how exactly those are known.
export function checkTexts({ page, frames, texts }, { box, ink, blur = 0 }) {
  const found = [];
  const slack = TOLERANCE + blur;
  for (const text of texts) {
    const at = text[box];
    if (!at) {
      if (!text.blank) found.push(`${text.label} is not drawn`);
      continue;
    }
    if (leaves(at, page, slack)) found.push(`${text.label} leaves the page: ${short(at)}`);
    for (const outer of text.inside)
      if (leaves(at, frames[outer], slack)) found.push(`${text.label} leaves ${frames[outer].label} (${short(frames[outer])}): ${short(at)}`);
  }
  const items = texts.filter((text) => text[ink]).map((text) => ({ at: text[ink], text }));
  for (const [a, b] of overlapping(items, slack)) found.push(`${a.text.label} overlaps ${b.text.label}: ${short(a.at)}, ${short(b.at)}`);
  return found;
}
