// SPDX-License-Identifier: GPL-3.0-or-later
// Measures every map in Chromium and in rsvg-convert, with Noto CJK and with DejaVu alone; prints TAP.
//
//     node maps.mjs LIANTU DATA
//
// Types, chains and pages are those that the program offers: a new type of map is measured as soon as it is there.
import { chainsOf, drawMap, each, fontSets, launch, mapTypes, run, scratch, Tap } from './machine.mjs';
import { drawsHan, readMap } from './measure.mjs';
import { findTexts } from './pixels.mjs';
import { checkFrames, checkTexts } from './rules.mjs';

const PAGES = ['a3', 'slide'];
const LANGUAGES = ['zh', 'en'];
const AT_ONCE = 2;

async function drawAll(liantu, data) {
  const chains = await chainsOf(liantu, data);
  const wanted = [];
  for (const { type, perChain } of await mapTypes(liantu, data))
    for (const chain of perChain ? chains : [null])
      for (const page of PAGES)
        for (const lang of LANGUAGES) wanted.push({ title: [type, chain, page, lang].filter(Boolean).join(' '), type, chain, page, lang });
  return each(wanted, AT_ONCE, async (map) => {
    const options = ['--lang', map.lang, 'map', '--type', map.type, '--page', map.page, ...(map.chain ? ['--chain', map.chain] : [])];
    return { ...map, sheets: await drawMap(liantu, data, options) };
  });
}

async function paintedFindings(map, env) {
  const { code, stdout, stderr } = await run('rsvg-convert', [], { env, input: map.coloured });
  if (code !== 0) return [`rsvg-convert: exit ${code}: ${stderr}`];
  return checkTexts(map, { box: 'painted', ink: 'painted', blur: findTexts(map, stdout) });
}

async function measureSheet(page, svg, fonts) {
  const map = await page.evaluate(readMap, svg);
  if (map.broken) return [map.broken];
  if (map.texts.length === 0 || map.frames.length === 0) return ['no texts or no frames: nothing was measured'];
  const painted = paintedFindings(map, fonts.env);
  const found = [...checkFrames(map), ...checkTexts(map, { box: 'box', ink: 'ink' })].map((finding) => 'Chromium: ' + finding);
  return found.concat((await painted).map((finding) => 'rsvg-convert: ' + finding));
}

async function measureAll(tap, maps, fonts) {
  const browser = await launch(fonts.env);
  const pages = await Promise.all(Array.from({ length: AT_ONCE }, () => browser.newPage()));
  for (const page of pages) await page.setContent('<!doctype html><meta charset="utf-8"><body>');
  tap.ok(`${fonts.name}: Chromium keeps to these fonts`, (await pages[0].evaluate(drawsHan)) === fonts.han ? [] : ['other fonts']);
  const findings = await each(maps, AT_ONCE, async (map) => {
    const page = pages.pop();
    const found = [];
    for (const [at, svg] of map.sheets.entries())
      for (const finding of await measureSheet(page, svg, fonts)) found.push(`sheet ${at + 1}: ${finding}`);
    pages.push(page);
    return found;
  });
  findings.forEach((found, at) => tap.ok(`${fonts.name}: ${maps[at].title}, ${maps[at].sheets.length} sheets`, found));
  await browser.close();
}

const [liantu, data] = process.argv.slice(2);
const tap = new Tap();
const sets = fontSets(scratch());
const maps = await drawAll(liantu, data);
for (const fonts of sets) await measureAll(tap, maps, fonts);
tap.end();
