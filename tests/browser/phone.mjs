// Books on the phone page: with the mouse, with the keyboard alone, and without scripts.
// node phone.mjs BASE-URL LANGUAGE
import { answered, book, bubbles, check, close, launch, open, words } from './lib.mjs';

const [base, lang] = process.argv.slice(2);
const w = words[lang];
const at = lang === 'ar' ? 'ar-SA' : 'en-GB';
const browser = await launch();

async function withTheMouse() {
  const page = await open(browser, base, '', { locale: at });
  check((await page.getAttribute('html', 'lang')) === lang && (await page.getAttribute('html', 'dir')) === (lang === 'ar' ? 'rtl' : 'ltr'), 'the browser\'s language');
  check(await page.locator('[data-test=ehr-appointment]').count() === 0, 'nothing is booked yet');
  const first = await page.locator('[data-test=lead]').textContent();
  const last = await book(page, lang, () => page.locator('[data-test=try]').first().click());
  await page.waitForFunction(() => document.querySelectorAll('[data-test=ehr-appointment][data-status=booked]').length === 1);
  await page.waitForFunction((before) => document.querySelector('[data-test=lead]').textContent !== before, first);
  await page.waitForFunction(() => document.querySelectorAll('[data-test=db-row]').length > 5);
  check(await page.locator('[data-test=hits].ok').count() === 1, 'nothing of the person is in the database');
  // Ticks have names. A read mark is a courtesy of the gateway's, tried once, and holds for what was said before it.
  await page.waitForFunction((waiting) => {
    const ticks = [...document.querySelectorAll('[data-test=bubble-out] .when [role=img]')];
    return ticks.length === 5 && ticks.every((tick) => tick.getAttribute('aria-label') !== waiting) && ticks.some((tick) => tick.matches('.read'));
  }, w.waiting);
  // The log appends: the bubble that is there stays the same element when the next one comes.
  await last.evaluate((line) => { line.kept = true; });
  await page.locator('[data-test=attach]').click();
  await answered(page, () => page.locator('#veil [data-test=kind]').nth(1).click());
  check(await page.evaluate(() => [...document.querySelectorAll('[data-test=bubble-in]')].some((line) => line.kept)), 'the chat was drawn again');
  check(await page.locator('[data-test=bubble-out] .voice').count() === 1, 'the voice note is shown');
  // A reload finds the same chat; the clock moves; a fault is told and taken back.
  const count = await bubbles(page).count();
  await page.reload();
  check(await bubbles(page).count() === count, 'a reload loses the chat');
  const clock = await page.locator('[data-test=clock]').textContent();
  await page.locator('[data-test=jump]').nth(1).click();
  await page.waitForFunction((before) => document.querySelector('[data-test=clock]').textContent !== before, clock);
  await page.locator('#fault-ehr-down').click();
  await page.waitForFunction(() => document.querySelector('#fault-ehr-down').getAttribute('aria-pressed') === 'true' && document.querySelector('.way .broken'));
  check(await page.evaluate(() => document.activeElement.id) === 'fault-ehr-down', 'the switch keeps the focus');
  await answered(page, async () => { await page.fill('[data-test=composer]', w.mine); await page.keyboard.press('Enter'); });
  await page.waitForFunction(() => document.querySelector('.wire').textContent.includes('503'));
  await page.locator('#fault-ehr-down').click();
  await page.waitForFunction(() => !document.querySelector('.way .broken') || document.querySelector('#fault-ehr-down').getAttribute('aria-pressed') === 'false');
  // Another phone, the other number, and a number of one's own.
  await page.locator('#p-parent').click();
  await page.waitForSelector('#p-parent[aria-current]');
  check(await page.locator('[data-test=person][aria-current]').count() === 1 && await bubbles(page).count() === 0, 'another phone is empty');
  await page.locator('.bar [data-test=clinic]').nth(1).click();
  await page.waitForURL(/person=parent&clinic=casablanca/);
  await page.locator('#other-number summary').click();
  // Arabic digits are digits.
  await page.fill('[data-test=other]', '+٩٦٦ ٥٠ ٠٠٠ ٠٠٠٣');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#p-unknown[aria-current]');
  await close(page);
}

// Where the focus is: it shows a ring of 3 px, and nothing lies over it.
async function stop(page) {
  const it = await page.evaluate(() => {
    const stop = document.activeElement, box = stop.getBoundingClientRect(), style = getComputedStyle(stop);
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const seen = over && (stop.contains(over) || over.contains(stop));
    return { test: stop.dataset.test || stop.id || stop.tagName, text: stop.textContent.trim().slice(0, 40), ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth), seen: seen || (over && over.outerHTML.slice(0, 120)) };
  });
  check(it.ring >= 3, `${it.test} "${it.text}" shows no ring`);
  check(it.seen === true, `${it.test} "${it.text}" is covered by ${it.seen}`);
  return it;
}

async function press(page, key, until, most = 60) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press(key);
    const it = await stop(page);
    if (until(it)) return it;
  }
  throw new Error(`${key} leads to nothing of the kind: ${until}`);
}

async function withTheKeyboard() {
  const page = await open(browser, base, `lang=${lang}&person=crowd-0${lang === 'ar' ? 1 : 2}`, { locale: at, viewport: { width: 1280, height: 860 } });
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.className) === 'skip', 'the skip link comes first');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'text');
  await answered(page, async () => { await page.keyboard.type(w.hello); await page.keyboard.press('Enter'); });
  check((await page.evaluate(() => document.activeElement.id)) === 'text', 'the message box keeps the focus');
  await press(page, 'Shift+Tab', (it) => it.text === w.book);
  await answered(page, () => page.keyboard.press('Enter'));
  await press(page, 'Tab', (it) => it.test === 'list-open');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.dataset.test === 'list-row');
  // The rest is inert; Escape closes, and the focus goes back.
  check(await page.evaluate(() => document.querySelector('#inside').inert && document.querySelector('#people').inert), 'the rest is inert');
  await page.keyboard.press('Shift+Tab');
  check((await stop(page)).test === 'close', 'the sheet keeps the focus');
  await page.keyboard.press('Escape');
  check((await stop(page)).test === 'list-open', 'the focus is not given back');
  check(await page.evaluate(() => !document.querySelector('[inert]')), 'something stays inert');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.activeElement.dataset.test === 'list-row');
  await answered(page, () => page.keyboard.press('Enter'));
  check((await stop(page)).test === 'list-open', 'the focus is not given back after sending');
  await press(page, 'Tab', (it) => it.test === 'list-open');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.dataset.test === 'list-row');
  await page.keyboard.press('ArrowDown');
  check(await page.evaluate(() => document.querySelectorAll('#veil [data-test=list-row]')[1].checked), 'an arrow picks the next row');
  await press(page, 'Tab', (it) => it.test === 'list-send');
  await answered(page, () => page.keyboard.press('Enter'));
  await press(page, 'Tab', (it) => it.text === w.confirm);
  const last = await answered(page, () => page.keyboard.press('Space'));
  check((await last.textContent()).includes(w.booked), `not booked by keyboard: ${await last.textContent()}`);
  await page.waitForFunction(() => document.querySelectorAll('[data-test=ehr-appointment][data-status=booked]').length === 1);
  // On from there to the end of the page: every stop can be seen.
  await press(page, 'Tab', (it) => it.test === 'BODY' || it.test === 'raw' || it.test === 'SUMMARY', 40);
  await close(page);
}

async function withoutScripts() {
  const page = await open(browser, base, `lang=${lang}&person=crowd-0${lang === 'ar' ? 3 : 4}`, { locale: at, javaScriptEnabled: false });
  const last = () => bubbles(page).last();
  await page.fill('[data-test=composer]', w.hello);
  await page.locator('[data-test=send]').click();
  await last().getByRole('button', { name: w.book }).click();
  for (let n = 0; n < 2; n++) {
    await last().locator('[data-test=list-open]').click();
    await last().locator('[data-test=list-send]').click();
  }
  await last().getByRole('button', { name: w.confirm }).click();
  await page.locator('[data-test=ehr-appointment][data-status=booked]').waitFor();
  check((await last().textContent()).includes(w.booked), `not booked without scripts: ${await last().textContent()}`);
  await close(page);
}

try {
  await withTheMouse();
  await withTheKeyboard();
  await withoutScripts();
  console.log(`${lang}: booked with the mouse, with the keyboard, and without scripts`);
} finally {
  await browser.close();
}
