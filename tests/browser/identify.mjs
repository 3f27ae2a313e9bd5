// The page where a number proves who it is, in Chromium: held to WCAG 2.2 AA in every state, then filled in with the
// keyboard alone. No script of the page's own runs, so none is allowed.
// node identify.mjs LINK LANGUAGE NAME BIRTH(YYYY-MM-DD) RECORD [FOLDER-FOR-PICTURES]
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const require = createRequire(path.join(process.env.WASL_TEST_BROWSER, 'package.json'));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [link, language, name, birth, record, pictures] = process.argv.slice(2);
const base = new URL(link).origin;
const url = `${link}?lang=${language}`;
const damaged = `${link.slice(0, -4)}AAAA?lang=${language}`;
const [year, month, day] = birth.split('-');
const fail = (text) => { throw new Error(`${language}: ${text}`); };

const browser = await chromium.launch({
  executablePath: process.env.WASL_TEST_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function page(width, height, options = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: language === 'ar' ? 'ar-SA' : 'en-GB', bypassCSP: false, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => fail(`script error: ${error.message}`));
  page.on('console', (message) => { if (message.text().includes('Content Security Policy')) fail(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(base)) fail(`a request to ${request.url()}`); });
  return page;
}

/** Fills in the form; empty answers pass the browser's own check only when it is switched off. */
async function send(page, answers) {
  await page.evaluate(() => { document.querySelector('form').noValidate = true; });
  for (const [field, value] of Object.entries(answers)) await page.fill(`#${field}`, value);
  await Promise.all([page.waitForNavigation(), page.click('button')]);
}

async function check(page, state) {
  // The page's policy lets no script in; the checker comes through the debugger.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const size = page.viewportSize();
  const shown = violations.map((one) => `${one.id} ${one.nodes.map((node) => node.target).join(' ')}`);
  if (shown.length) fail(`${state} ${size.width}: ${shown.join('; ')}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  if (wide) fail(`${state} ${size.width}: scrolls sideways`);
  const direction = await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).direction]);
  if (direction[0] !== language || direction[1] !== (language === 'ar' ? 'rtl' : 'ltr')) fail(`${state}: ${direction}`);
  const small = await page.evaluate(() => [...document.querySelectorAll('a, button, input')]
    .map((one) => [one.textContent || one.id, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([text]) => text));
  if (small.length) fail(`${state}: too small to tap: ${small}`);
}

async function states(width, height, scheme, options = {}) {
  const shot = async (page, state) => {
    await check(page, `${state} ${scheme}`);
    const mark = options.forcedColors ? 'forced' : options.deviceScaleFactor ? 'zoom' : scheme;
    if (pictures) await page.screenshot({ path: path.join(pictures, `identify-${state}-${width}-${mark}-${language}.png`), fullPage: true });
  };
  const one = await page(width, height, { colorScheme: scheme, ...options });
  await one.goto(url);
  await shot(one, 'form');
  await one.goto(damaged);
  await shot(one, 'expired');
  await one.context().close();
}

/** Every state that costs no try; the pace allows ten forms a minute, so only at two sizes. */
async function gaps(width, height, scheme) {
  const one = await page(width, height, { colorScheme: scheme });
  await one.goto(url);
  await send(one, { name: 'x', day: '', month: '', year: '', record: '' });
  await check(one, `gaps ${scheme}`);
  const focus = await one.evaluate(() => document.activeElement.getAttribute('role'));
  if (focus !== 'alert') fail(`the summary has no focus, but ${focus}`);
  if (pictures) await one.screenshot({ path: path.join(pictures, `identify-gaps-${width}-${scheme}-${language}.png`), fullPage: true });
  await one.click('.sum a');
  if (await one.evaluate(() => document.activeElement.id) !== 'name') fail('the summary does not lead to its field');
  await one.context().close();
}

async function whole() {
  const one = await page(390, 844, { javaScriptEnabled: false });
  await one.goto(url);
  const other = language === 'ar' ? 'en' : 'ar';
  await one.click('.tongue');
  if (await one.getAttribute('html', 'lang') !== other) fail('the other language is not a tap away');
  await one.click('.tongue');
  await one.fill('#name', 'Somebody Else');
  await one.fill('#day', '١');
  await one.fill('#month', '٢');
  await one.fill('#year', '١٩٨٠');
  await one.fill('#record', '12345');
  await one.click('button');
  await one.waitForSelector('[role=alert]');
  if (pictures) await one.screenshot({ path: path.join(pictures, `identify-nomatch-390-light-${language}.png`), fullPage: true });
  if (await one.inputValue('#name')) fail('what was typed came back');
  await one.context().close();

  // Keyboard alone: the order of the fields is the order of reading.
  const two = await page(390, 844);
  await two.goto(url);
  await two.focus('.tongue');
  for (const text of [name, day, month, year, record]) {
    await two.keyboard.press('Tab');
    await two.keyboard.type(text);
  }
  await two.keyboard.press('Tab');
  if (await two.evaluate(() => document.activeElement.tagName) !== 'BUTTON') fail('the button does not follow the last field');
  await Promise.all([two.waitForNavigation(), two.keyboard.press('Enter')]);
  await check(two, 'done');
  if (!(await two.$('.sign.ok'))) fail(`not done: ${await two.textContent('main')}`);
  if (pictures) await two.screenshot({ path: path.join(pictures, `identify-done-390-light-${language}.png`), fullPage: true });
  await two.context().close();
}

try {
  for (const [width, height] of [[320, 640], [390, 844], [1280, 860]]) {
    for (const scheme of ['light', 'dark']) await states(width, height, scheme);
  }
  await states(640, 450, 'light', { deviceScaleFactor: 2 });
  await states(390, 844, 'light', { forcedColors: 'active' });
  await gaps(320, 640, 'light');
  await gaps(1280, 860, 'dark');
  await whole();
  console.log(`${language}: proved, and no violation`);
} finally {
  await browser.close();
}
