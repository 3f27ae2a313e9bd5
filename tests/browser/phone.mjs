// Books on the phone page as a newcomer would, and holds the page to WCAG 2.2 AA.
// node phone.mjs BASE-URL LANGUAGE [FOLDER-FOR-PICTURES]
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.WASL_TEST_BROWSER, 'package.json'));
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');
const [base, language, pictures] = process.argv.slice(2);
const words = {
  ar: { hello: 'مرحبا', book: 'حجز موعد', confirm: 'تأكيد الحجز', booked: 'تم حجز موعدك' },
  en: { hello: 'hello', book: 'Book appointment', confirm: 'Confirm booking', booked: 'Your appointment is booked' },
}[language];

const browser = await chromium.launch({
  executablePath: process.env.WASL_TEST_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const fail = (text) => { throw new Error(`${language}: ${text}`); };

async function open(width, height, scheme) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, locale: language === 'ar' ? 'ar-SA' : 'en-GB' });
  page.on('pageerror', (error) => fail(`script error: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(base)) fail(`a request to ${request.url()}`); });
  await page.goto(`${base}/sandbox?lang=${language}`);
  await page.waitForFunction(() => document.querySelectorAll('[data-test=db-row]').length > 0);
  return page;
}

async function book() {
  const page = await open(1280, 860, 'light');
  const before = await page.locator('[data-test=ehr-appointment][data-status=booked]').count();
  await page.fill('[data-test=composer]', words.hello);
  await page.keyboard.press('Enter');
  const last = () => page.locator('[data-test=bubble-in]').last();
  await last().getByRole('button', { name: words.book }).click();
  await last().locator('[data-test=list-open]').click();
  await page.locator('[data-test=list-row]').first().click();
  await page.waitForFunction(() => [...document.querySelectorAll('[data-test=bubble-in]')].at(-1)?.querySelector('[data-test=list-open]') && document.querySelectorAll('[data-test=bubble-in]').length >= 3);
  await last().locator('[data-test=list-open]').click();
  if (pictures) await page.screenshot({ path: path.join(pictures, `list-${language}.png`) });
  // The sheet takes focus, keeps it, and gives it back.
  await page.keyboard.press('Escape');
  if (!(await page.evaluate(() => document.activeElement.dataset.test === 'list-open'))) fail('focus is not given back');
  await page.keyboard.press('Enter');
  await page.locator('[data-test=list-row]').first().click();
  await last().getByRole('button', { name: words.confirm }).click();
  await page.getByText(words.booked).first().waitFor();
  await page.waitForFunction((n) => document.querySelectorAll('[data-test=ehr-appointment][data-status=booked]').length > n, before);
  if (pictures) await page.screenshot({ path: path.join(pictures, `phone-${language}.png`) });
  if ((await page.getAttribute('html', 'dir')) !== (language === 'ar' ? 'rtl' : 'ltr')) fail('direction');
  await page.close();
}

async function accessible(width, height, scheme) {
  const page = await open(width, height, scheme);
  await page.addScriptTag({ path: axe }).catch(async () => page.evaluate(require('node:fs').readFileSync(axe, 'utf8')));
  const { violations } = await page.evaluate(() => window.axe.run());
  if (violations.length) fail(`${width} ${scheme}: ${violations.map((one) => `${one.id} ${one.nodes.map((node) => node.target).join(' ')}`).join('; ')}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  if (wide) fail(`${width}: scrolls sideways`);
  if (pictures) await page.screenshot({ path: path.join(pictures, `${width}-${scheme}-${language}.png`) });
  await page.close();
}

try {
  await book();
  for (const [width, height] of [[320, 640], [390, 844], [1280, 860]]) {
    for (const scheme of ['light', 'dark']) await accessible(width, height, scheme);
  }
  console.log(`${language}: booked, and no violation`);
} finally {
  await browser.close();
}
