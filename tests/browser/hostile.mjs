// SPDX-License-Identifier: GPL-3.0-or-later
// Opens maps of hostile names in Chromium: no script may run, nothing be asked for, nothing be complained of; prints TAP.
//
//     node hostile.mjs LIANTU HOSTILE_NAMES.PY DATA…
//
// The first dataset is made, of a thousand names; each further DATA is a folder of one that is kept.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chainsOf, drawMap, each, launch, mapTypes, run, scratch, Tap } from './machine.mjs';

const AT_ONCE = 2;

async function makeThousand(script, folder) {
  const { code, stderr } = await run('python3', [script, folder]);
  if (code !== 0) throw new Error(stderr);
  const links = JSON.parse(readFileSync(join(folder, 'links.json'), 'utf8'));
  if (links.length < 1000) throw new Error('fewer than a thousand names');
  return folder;
}

// Every sheet of every map, as files: each chain on one of the pages and in one of the languages, by turns.
async function drawAll(liantu, data, folder) {
  const chains = await chainsOf(liantu, data);
  const wanted = [];
  for (const { type, perChain } of await mapTypes(liantu, data))
    for (const [turn, chain] of (perChain ? chains : [null]).entries())
      for (const painter of ['own', 'graphviz']) {
        const [lang, page] = [turn % 2 ? 'en' : 'zh', turn % 3 ? 'a3' : 'slide'];
        const title = [type, perChain ? `chain ${turn + 1}` : 'whole', page, lang, `painter ${painter}`].join(', '); // ids may break a log
        const options = ['--lang', lang, 'map', '--type', type, '--page', page, '--painter', painter, ...(perChain ? ['--chain', chain] : [])];
        wanted.push({ title, options, file: join(folder, `${basename(data)}-${wanted.length}`) });
      }
  const files = await each(wanted, AT_ONCE, async ({ title, options, file }) =>
    (await drawMap(liantu, data, options)).map((svg, sheet) => {
      const path = `${file}-${sheet + 1}.svg`;
      writeFileSync(path, svg);
      return { file: path, title: `${title}, sheet ${sheet + 1}` };
    }));
  return files.flat();
}

// A page that tells of everything a map may not do.
async function watchedPage(browser) {
  const page = await browser.newPage();
  const seen = [];
  page.on('request', (request) => request.isNavigationRequest() && request.frame() === page.mainFrame() || seen.push('request: ' + request.url()));
  page.on('console', (message) => seen.push('console: ' + message.text()));
  page.on('pageerror', (error) => seen.push('script: ' + error.message));
  page.on('dialog', (dialog) => { seen.push('dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('popup', (popup) => seen.push('popup: ' + popup.url()));
  return { page, seen };
}

// What ran or was asked for when a file is opened and every element is pointed at.
async function openFile({ page, seen }, file) {
  seen.length = 0;
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  const found = await page.evaluate(() => {
    for (const element of document.querySelectorAll('*'))
      for (const kind of ['mouseover', 'focus', 'click', 'load', 'error']) element.dispatchEvent(new Event(kind));
    const wrong = [];
    if (document.documentElement.localName !== 'svg' || document.querySelector('parsererror')) wrong.push('not read as a map');
    if ('hostile' in window) wrong.push('a script has set a mark');
    for (const element of document.querySelectorAll('script,foreignObject,image,use,iframe,style,animate,set')) wrong.push('element ' + element.localName);
    for (const element of document.querySelectorAll('*'))
      for (const { name } of element.attributes) if (/^on|^href$|:href$|^src$|^style$/i.test(name)) wrong.push('attribute ' + name);
    return wrong;
  });
  return [...found, ...seen];
}

// What must be found on a file that does everything forbidden: the watch itself can fail.
async function checkWatch(tap, watched, folder) {
  const file = join(folder, 'wrong.svg');
  writeFileSync(file, `<svg xmlns="http://www.w3.org/2000/svg" onclick="alert(1)"><script>window.hostile = 1; console.log("x")</script>
<image href="http://127.0.0.1:9/x.png"/></svg>`);
  const found = await openFile(watched, file);
  for (const wanted of ['a script has set a mark', 'element script', 'attribute onclick', 'attribute href', 'console: x', 'dialog: 1', 'request: http://127.0.0.1:9/x.png'])
    tap.ok(`the watch sees: ${wanted}`, found.includes(wanted) ? [] : ['it sees only ' + found.join(' | ')]);
}

async function checkXml(tap, name, files) {
  const { code, stderr } = await run('xmllint', ['--noout', '--nonet', ...files.map(({ file }) => file)]);
  tap.ok(`${name}: xmllint takes ${files.length} maps`, code === 0 && files.length > 0 ? [] : stderr.split('\n').slice(0, 9).concat(`exit ${code}`));
}

const [liantu, script, ...kept] = process.argv.slice(2);
const tap = new Tap();
const folder = scratch();
const browser = await launch();
const watched = await Promise.all(Array.from({ length: AT_ONCE }, () => watchedPage(browser)));
await checkWatch(tap, watched[0], folder);
for (const data of [await makeThousand(script, join(folder, 'thousand')), ...kept]) {
  const name = basename(data);
  const files = await drawAll(liantu, data, folder);
  await checkXml(tap, name, files);
  const found = await each(files, AT_ONCE, async ({ file }) => {
    const one = watched.pop();
    const seen = await openFile(one, file);
    watched.push(one);
    return seen;
  });
  files.forEach(({ title }, at) => tap.ok(`${name}: ${title}`, found[at]));
}
await browser.close();
tap.end();
