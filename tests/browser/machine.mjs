// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: TAP, the program, the fonts of the machine, and Chromium.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const SHOWN = 12; // findings a test shows; the rest is counted

// Characters that a log should not hold, as their numbers.
function printable(text) {
  return text.replace(/\s+/g, ' ').replace(/[\p{C}\p{M}\ufffd]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
}

export class Tap {
  number = 0;
  failed = 0;

  // ok when there are no findings
  ok(title, findings = []) {
    this.number++;
    this.failed += findings.length > 0;
    console.log(`${findings.length ? 'not ok' : 'ok'} ${this.number} - ${printable(title).replace(/#/g, '')}`);
    for (const finding of findings.slice(0, SHOWN)) console.log('# ' + printable(finding));
    if (findings.length > SHOWN) console.log(`# and ${findings.length - SHOWN} more`);
  }

  end() {
    console.log(`1..${this.number}`);
    process.exitCode = this.failed || !this.number ? 1 : 0;
  }
}

// A folder of this run, removed at its end.
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'liantu-browser-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Runs a program to its end; text is given to it on stdin.
export function run(program, words, { env = {}, input = '' } = {}) {
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: 1 << 28, env: { ...process.env, ...env } };
    const child = execFile(program, words, options, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? -1) : 0, stdout, stderr: stderr.toString() }));
    child.stdin.on('error', () => {}); // a program that ends without reading is judged by its exit code
    child.stdin.end(input);
  });
}

// Calls work(item) for every item, so many at a time, and gives the results in the order of the items.
export async function each(items, most, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}

function fonts(pattern, env) {
  return execFileSync('fc-list', [pattern, 'file'], { env: { ...process.env, ...env }, encoding: 'utf8' })
    .split('\n').map((line) => line.replace(/:\s*$/, '')).filter(Boolean);
}

// The two sets of fonts that maps are held against: as environments for the programs that draw text.
export function fontSets(folder) {
  if (fonts('Noto Sans CJK SC').length === 0) throw new Error('no Noto Sans CJK SC here: install fonts-noto-cjk');
  const dejavu = fonts('DejaVu Sans').find((file) => file.endsWith('/DejaVuSans.ttf'));
  if (!dejavu) throw new Error('no DejaVu Sans here: install fonts-dejavu-core');
  const conf = join(folder, 'fonts.conf');
  // Full hinting is the hardest on widths that a desktop may ask for.
  writeFileSync(conf, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${dirname(dejavu)}</dir><cachedir>${join(folder, 'cache')}</cachedir>
<alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
<match target="pattern"><edit name="hinting"><bool>true</bool></edit><edit name="hintstyle"><const>hintfull</const></edit></match>
</fontconfig>\n`);
  const only = { FONTCONFIG_FILE: conf };
  const others = fonts(':', only).filter((file) => dirname(file) !== dirname(dejavu));
  if (others.length || fonts(':lang=zh', only).length) throw new Error('fontconfig does not keep to DejaVu: ' + others[0]);
  return [{ name: 'Noto CJK', env: {}, draws: 'Noto Sans CJK SC' }, { name: 'DejaVu alone', env: only, draws: 'DejaVu Sans' }];
}

export function launch(env = {}) {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'], env: { ...process.env, ...env } });
}

// Maps that the program offers, by its own help: [{type, perChain}].
export async function mapTypes(liantu, data) {
  const help = (await run(liantu, ['map', '--help'])).stdout.toString();
  const words = /--type ([a-z|-]+)/.exec(help)?.[1].split('|') ?? [];
  return each(words, 2, async (type) => {
    const { code } = await run(liantu, ['--data', data, 'map', '--type', type]);
    if (code !== 0 && code !== 2) throw new Error(`map --type ${type}: exit ${code}`);
    return { type, perChain: code === 2 };
  });
}

export async function chainsOf(liantu, data) {
  const { stdout } = await run(liantu, ['--data', data, 'gaps', '--format', 'json']);
  return JSON.parse(stdout).summary.chains.filter((chain) => chain.links > 0).map((chain) => chain.chain);
}

// All sheets of a map, as SVG; a map that is refused throws with what was said.
export async function drawMap(liantu, data, options) {
  const sheets = [];
  for (let more = true; more; ) {
    const words = ['--data', data, ...options, ...(sheets.length ? ['--sheet', String(sheets.length + 1)] : [])];
    const { code, stdout, stderr } = await run(liantu, words);
    if (code === 2 && sheets.length > 0) return sheets;
    if (code !== 0) throw new Error(`liantu ${words.join(' ')}: exit ${code}: ${stderr}`);
    sheets.push(stdout.toString());
    more = sheets.length > 1 || stderr !== ''; // the first of several says so
  }
  return sheets;
}
