// What every story needs: a browser, a page whose errors count, and words.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.WASL_TEST_BROWSER, 'package.json'));
const { chromium } = require('playwright-core');
export const axeSource = require('node:fs').readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const words = {
  ar: { waiting: 'بانتظار البوابة', hello: 'مرحبا', book: 'حجز موعد', mine: 'مواعيدي', confirm: 'تأكيد الحجز', booked: 'تم حجز موعدك' },
  en: { waiting: 'Waiting for the gateway', hello: 'hello', book: 'Book appointment', mine: 'My appointments', confirm: 'Confirm booking', booked: 'Your appointment is booked' },
};

export const launch = () => chromium.launch({
  executablePath: process.env.WASL_TEST_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

export const fail = (text) => { throw new Error(text); };
export const check = (holds, text) => { if (!holds) fail(text); };

// Opens the page. Script errors, blocked parts and requests to elsewhere are failures, collected in page.faults.
export async function open(browser, base, query, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`script error: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) page.faults.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith(base) && !request.url().startsWith('data:')) page.faults.push(`a request to ${request.url()}`); });
  await page.goto(`${base}/sandbox?${query}`);
  return page;
}

export async function close(page) {
  check(page.faults.length === 0, page.faults.join('; '));
  await page.context().close();
}

export const bubbles = (page) => page.locator('[data-test=bubble-in]');

// Does something and waits for the gateway's next message; gives its bubble.
export async function answered(page, act) {
  const before = await bubbles(page).count();
  await act();
  await page.waitForFunction((n) => document.querySelectorAll('[data-test=bubble-in]').length > n, before);
  return bubbles(page).last();
}

// From hello to the booked appointment, with the mouse.
export async function book(page, lang, hello) {
  let last = await answered(page, hello || (async () => { await page.fill('[data-test=composer]', words[lang].hello); await page.keyboard.press('Enter'); }));
  last = await answered(page, () => last.getByRole('button', { name: words[lang].book }).click());
  for (const list of ['services', 'times']) {
    await last.locator('[data-test=list-open]').click();
    last = await answered(page, () => page.locator('#veil [data-test=list-send]').click());
    check(await page.locator('#veil').isHidden(), `the list of ${list} stays open`);
  }
  last = await answered(page, () => last.getByRole('button', { name: words[lang].confirm }).click());
  check((await last.textContent()).includes(words[lang].booked), `not booked: ${await last.textContent()}`);
  return last;
}

// Nothing but a table's own box scrolls sideways.
export async function noSideways(page, where) {
  const wide = await page.evaluate(() => ['html', '#phone', '#chat', '#people', '#records', '#sheet-body'].filter((name) => {
    const box = document.querySelector(name);
    return box && box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1;
  }));
  check(wide.length === 0, `${where}: ${wide} scrolls sideways`);
}
