// The pictures of docs/pictures: real conversations on a running sandbox. tests/pictures starts one and calls this.
// node pictures.mjs BASE-URL FOLDER
import path from 'node:path';
import { answered, book, close, launch, open, words } from './lib.mjs';

const [base, folder] = process.argv.slice(2);
const browser = await launch();
const api = async (name, body) => (await fetch(`${base}/sandbox/api/${name}`, { method: body ? 'POST' : 'GET', headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) })).json();

// A Sunday morning at the clinic: 09:38 in Riyadh.
async function sundayMorning() {
  const now = new Date((await api('world')).now), sunday = new Date(now);
  sunday.setUTCHours(6, 38, 0, 0);
  while (sunday <= now || sunday.getUTCDay() !== 0) sunday.setUTCDate(sunday.getUTCDate() + 1);
  await api('clock', { to: sunday.toISOString() });
}

async function shot(page, name) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => { document.activeElement.blur(); document.getElementById('chat').scrollTop = 1e6; });
  // What is new stops shining, what moves has arrived.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  await page.waitForFunction(() => [...document.querySelectorAll('[data-test=bubble-out]')].every((line) => line.querySelector('.read')));
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const types = (page, text) => async () => { await page.fill('[data-test=composer]', text); await page.keyboard.press('Enter'); };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const desktop = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 };

try {
  await sundayMorning();
  // Arabic: from the first word to the booked appointment, then what the whole world looks like.
  let page = await open(browser, base, 'lang=ar', { ...desktop, colorScheme: 'dark', locale: 'ar-SA' });
  await book(page, 'ar', types(page, 'السلام عليكم'));
  await page.waitForFunction(() => document.querySelectorAll('[data-test=ehr-appointment][data-status=booked]').length === 1);
  await page.waitForTimeout(1500);
  await shot(page, 'desktop-dark');
  await close(page);
  page = await open(browser, base, 'lang=ar', { ...phone, locale: 'ar-SA' });
  await shot(page, 'phone-ar');
  await close(page);

  // English: the list of free times on the phone, then the booked appointment on a desk.
  page = await open(browser, base, 'lang=en', { ...phone, colorScheme: 'dark', locale: 'en-GB' });
  let last = await answered(page, types(page, 'Good morning'));
  last = await answered(page, () => last.getByRole('button', { name: words.en.book }).click());
  await last.locator('[data-test=list-open]').click();
  last = await answered(page, () => page.locator('#veil [data-test=list-send]').click());
  await last.locator('[data-test=list-open]').click();
  await shot(page, 'phone-en');
  last = await answered(page, () => page.locator('#veil [data-test=list-send]').click());
  await close(page);
  page = await open(browser, base, 'lang=en', { ...desktop, locale: 'en-GB' });
  last = page.locator('[data-test=bubble-in]').last();
  await answered(page, () => last.getByRole('button', { name: words.en.confirm }).click());
  await page.waitForFunction(() => document.querySelectorAll('[data-test=ehr-appointment][data-status=booked]').length === 1);
  await page.waitForTimeout(1500);
  await shot(page, 'desktop-light');
  await close(page);
} finally {
  await browser.close();
}
