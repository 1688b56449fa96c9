// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a map, as Chromium and rsvg-convert set its texts.
import { run } from './machine.mjs';
import { findTexts } from './pixels.mjs';
import { readMap } from './read_map.mjs';
import { checkFrames, checkTexts } from './rules.mjs';

// A page to read maps in.
export async function emptyPage(browser) {
  const page = await browser.newPage();
  await page.setContent('<!doctype html><meta charset="utf-8"><body>');
  return page;
}

async function paintedFindings(map, env) {
  const { code, stdout, stderr } = await run('rsvg-convert', [], { env, input: map.coloured });
  if (code !== 0) return [`exit ${code}: ${stderr}`];
  return checkTexts(map, { box: 'painted', ink: 'painted', blur: findTexts(map, stdout) });
}

// Findings on one sheet; painted: whether rsvg-convert, under env, has to paint it too.
export async function findingsOn(page, svg, { painted, env }) {
  const map = await page.evaluate(readMap, svg);
  if (map.broken) return [map.broken];
  if (map.texts.length === 0 || map.frames.length === 0) return ['no texts or no frames: nothing was measured'];
  const pixels = painted ? paintedFindings(map, env) : [];
  const found = [...checkFrames(map), ...checkTexts(map, { box: 'box', ink: 'ink' })].map((finding) => 'Chromium: ' + finding);
  return found.concat((await pixels).map((finding) => 'rsvg-convert: ' + finding));
}
