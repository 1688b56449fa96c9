// SPDX-License-Identifier: GPL-3.0-or-later
// Measures every map in Chromium and in rsvg-convert, with Noto CJK and with DejaVu alone; prints TAP.
//
//     node maps.mjs LIANTU DATA
//
// Types and chains are those that the program offers: a new type of map is measured as soon as it is there. Chromium sets every
// chain on both pages in both languages; rsvg-convert, which is slow, sets each chain on one of the four, by turns, with either fonts.
import { chainsOf, drawMap, each, fontSets, launch, mapTypes, scratch, Tap } from './machine.mjs';
import { emptyPage, findingsOn } from './measure.mjs';
import { fontDrawn } from './read_map.mjs';

const FORMS = [['a3', 'zh'], ['a3', 'en'], ['slide', 'zh'], ['slide', 'en']];
const AT_ONCE = 2;

async function drawAll(liantu, data) {
  const chains = await chainsOf(liantu, data);
  const wanted = [];
  for (const { type, perChain } of await mapTypes(liantu, data))
    for (const [turn, chain] of (perChain ? chains : [null]).entries())
      for (const [form, [page, lang]] of FORMS.entries()) {
        const options = ['--lang', lang, 'map', '--type', type, '--page', page, ...(perChain ? ['--chain', chain] : [])];
        wanted.push({ title: [type, chain, page, lang].filter(Boolean).join(' '), options, form, turn: turn % FORMS.length });
      }
  return each(wanted, AT_ONCE, async (map) => ({ ...map, sheets: await drawMap(liantu, data, map.options) }));
}

async function measureAll(tap, maps, fonts) {
  const browser = await launch(fonts.env);
  const pages = await Promise.all(Array.from({ length: AT_ONCE }, () => emptyPage(browser)));
  tap.ok(`${fonts.name}: Chromium keeps to these fonts`, (await pages[0].evaluate(fontDrawn)) === fonts.draws ? [] : ['another font']);
  const findings = await each(maps, AT_ONCE, async (map) => {
    const page = pages.pop();
    const painted = map.form === (fonts.draws.startsWith('Noto') ? map.turn : FORMS.length - 1 - map.turn);
    const found = [];
    for (const [at, svg] of map.sheets.entries())
      for (const finding of await findingsOn(page, svg, { painted, env: fonts.env })) found.push(`sheet ${at + 1}: ${finding}`);
    pages.push(page);
    return found;
  });
  findings.forEach((found, at) => tap.ok(`${fonts.name}: ${maps[at].title}, sheets: ${maps[at].sheets.length}`, found));
  await browser.close();
}

const [liantu, data] = process.argv.slice(2);
const tap = new Tap();
const sets = fontSets(scratch());
const maps = await drawAll(liantu, data);
for (const fonts of sets) await measureAll(tap, maps, fonts);
tap.end();
