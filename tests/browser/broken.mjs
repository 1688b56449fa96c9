// SPDX-License-Identifier: GPL-3.0-or-later
// Breaks a map in every way that is measured and sees that it is found, so that measuring whole maps means something; prints TAP.
//
//     node broken.mjs LIANTU DATA CHAIN
import { drawMap, launch, Tap } from './machine.mjs';
import { emptyPage, findingsOn } from './measure.mjs';

const LONG = '\u94fe'.repeat(60);

// Replaces the first match after the place where a card begins; a breakage that changes nothing is an error.
function change(svg, pattern, replacement, after = '<g id="n-') {
  const start = svg.indexOf(after);
  const changed = svg.slice(0, start) + svg.slice(start).replace(pattern, replacement);
  if (start < 0 || changed === svg) throw new Error(`nothing to break: ${pattern}`);
  return changed;
}

const cardsOf = (svg) => [...svg.matchAll(/<g id="n-[^>]*class="link[^>]*><title>[^<]*<\/title><rect x="([\d.]+)" y="([\d.]+)"/g)];

// [what is done, to the map, what has to be found by Chromium, whether rsvg-convert has to find it too]
const BREAKAGES = [
  ['a name longer than its card', (svg) => change(svg, /(font-weight="700" fill="#(?!FFFFFF)[^>]*>)[^<]+/, `$1${LONG}`), /#n-\S+ .* leaves #n-/, true],
  ['a firm longer than its chip', (svg) => change(svg, />[^<]+<\/text>\s*<\/g>/, `>${LONG}</text></g>`, '<g class="firm">'), /leaves .*\.firm/, true],
  ['a text off the page', (svg) => change(svg, /<text x="[\d.]+"/, '<text x="1180"', '<g id="source">'), /leaves the page/, true],
  ['a text twice', (svg) => change(svg, /(<text [^>]*>)([^<]+<\/text>)/, '$1$2$1\u7f3a$2'), /overlaps/, true],
  ['a card beside its panel', (svg) => change(svg, /(<rect x=")([\d.]+)/, (_, head, x) => head + (Number(x) - 40)), /#n-\S+ leaves its panel/, false],
  ['a card on another', (svg) => {
    const [one, other] = cardsOf(svg);
    return svg.replace(other[0], () => other[0].replace(/x="[\d.]+" y="[\d.]+"$/, `x="${one[1]}" y="${Number(one[2]) + 3}"`));
  }, /#n-\S+ overlaps #n-/, false],
  ['a panel on another', (svg) => change(svg, /width="[\d.]+"/, 'width="400"', '<g id="stage-'), /#stage-\S+ overlaps/, false],
  ['an id twice', (svg) => change(svg, /id="[^"]*"/, 'id="legend"'), /two elements have the id legend/, false],
  ['no XML', (svg) => change(svg, /<title>/, '<title>&'), /error/, false],
  ['no texts', (svg) => svg.replace(/<text.*?<\/text>/g, ''), /nothing was measured/, false],
];

const [liantu, data, chain] = process.argv.slice(2);
const tap = new Tap();
const [svg] = await drawMap(liantu, data, ['--lang', 'zh', 'map', '--type', 'industry', '--chain', chain]);
const browser = await launch();
const page = await emptyPage(browser);
tap.ok('the map itself is whole', await findingsOn(page, svg, { painted: true, env: {} }));
for (const [title, breakage, wanted, painted] of BREAKAGES) {
  const found = await findingsOn(page, breakage(svg), { painted, env: {} });
  const missed = [];
  if (!found.some((finding) => !finding.startsWith('rsvg-convert') && wanted.test(finding))) missed.push('not found: ' + found.slice(0, 3).join(' | '));
  if (painted && !found.some((finding) => finding.startsWith('rsvg-convert'))) missed.push('rsvg-convert does not find it');
  tap.ok(title + ' is found', missed);
}
await browser.close();
tap.end();
