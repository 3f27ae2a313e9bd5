// Holds every state of the page to WCAG 2.2 AA and to good practice, at three widths, light and dark; then forced
// colours, 200 % zoom, and reduced motion.
// node states.mjs BASE-URL LANGUAGE; the world has the chat of kinds.json on james's phone.
import { answered, axeSource, book, check, close, fail, launch, noSideways, open } from './lib.mjs';

const [base, lang] = process.argv.slice(2);
const sizes = [[320, 640], [390, 844], [1280, 860]];
const browser = await launch();
let runs = 0;

// One state at every width, light and dark, without loading anything anew.
async function everywhere(page, state, widths = sizes) {
  await page.evaluate((source) => { if (!window.axe) (0, eval)(source); }, axeSource).catch(() => page.evaluate(axeSource));
  for (const [width, height] of widths) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const where = `${state} ${lang} ${width} ${colorScheme}`;
      await noSideways(page, where);
      check(width < 1280 || await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), `${where}: the page scrolls as a whole`);
      // Nothing but colours differs in the dark.
      const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
      const { violations } = await page.evaluate((rules) => window.axe.run(document, { resultTypes: ['violations'], ...rules }), rules);
      if (violations.length) fail(`${where}: ${violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.any.map((it) => it.message)}`).join('\n')}`).join('\n')}`);
      runs++;
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 });
}

// Fingers need 24 px everywhere and 44 px on the phone.
async function targets(page, state) {
  const small = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a, button, summary, input, label.opt')].filter((one) => one.checkVisibility() && !one.closest('[inert]') && !one.matches('.skip, .opt input'));
    return all.filter((one) => { const box = one.getBoundingClientRect(), least = one.closest('#phone') ? 44 : 24; return box.height < least - .5 || box.width < 24; })
      .map((one) => `${one.tagName} "${one.textContent.trim().slice(0, 30)}" ${Math.round(one.getBoundingClientRect().height)}`);
  });
  check(small.length === 0, `${state}: small targets: ${small.join('; ')}`);
}

async function kinds() {
  const page = await open(browser, base, `lang=${lang}&person=james`);
  check(await page.locator('[data-test^=bubble-]').count() === 22, 'every kind has its bubble');
  const portal = page.locator('a[target=_blank]');
  check(await portal.count() === 1 && (await portal.getAttribute('rel')) === 'noopener noreferrer', 'the link opens in a new tab');
  check(await page.locator('.place a').count() === 0, 'a place leads nowhere');
  await everywhere(page, 'kinds');
  await targets(page, 'kinds');
  // The number that was asked for is sent as Meta would send it.
  const before = await page.locator('[data-test=bubble-out]').count();
  await page.locator('[data-test=reply-button][value=share]').click();
  await page.waitForFunction((n) => document.querySelectorAll('[data-test=bubble-out]').length > n, before);
  check((await page.locator('[data-test=bubble-out]').last().textContent()).includes('+966500000004'), 'the number is in the card');
  await close(page);
}

async function panes() {
  const page = await open(browser, base, `lang=${lang}`, { viewport: { width: 390, height: 844 } });
  await everywhere(page, 'empty');
  for (const pane of ['people', 'records']) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator(`.view a[href="#${pane}"]`).click();
    await page.waitForFunction((id) => document.querySelector(`.view a[href="#${id}"]`).getAttribute('aria-current'), pane);
    await targets(page, pane);
    await everywhere(page, pane, sizes.slice(0, 2));
  }
  await close(page);
}

async function booked() {
  const page = await open(browser, base, `lang=${lang}&person=crowd-0${lang === 'ar' ? 1 : 2}`);
  await book(page, lang);
  await page.waitForFunction(() => document.querySelectorAll('[data-test=ehr-appointment]').length === 1);
  for (const details of ['#needles', '#raw', '#other-number']) await page.locator(`${details} > summary`).click();
  await everywhere(page, 'booked');
  for (const opener of ['[data-test=list-open]', '[data-test=attach]']) {
    await page.locator(opener).last().click();
    await everywhere(page, `sheet of ${opener}`);
    await targets(page, opener);
    await page.keyboard.press('Escape');
  }
  await page.locator('#fault-ehr-down').click();
  await page.waitForFunction(() => document.querySelector('.way .broken'));
  await everywhere(page, 'the EHR is down');
  await page.locator('#fault-ehr-down').click();
  await page.waitForFunction(() => document.querySelector('#fault-ehr-down').getAttribute('aria-pressed') === 'false');
  // The connection breaks: the page says so, says as of when, and finds back by itself.
  await page.route('**/page/live*', (route) => route.abort());
  await page.reload();
  await page.waitForSelector('#lost:not([hidden])');
  await page.waitForFunction(() => { const chat = document.getElementById('chat'); return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 2; });
  check((await page.locator('#lost').textContent()).includes(await page.locator('#world-time').textContent()), 'as of when');
  await everywhere(page, 'offline');
  await page.route('**/page/say', (route) => route.abort());
  await page.fill('[data-test=composer]', 'one two');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#text').value === 'one two');
  await page.unroute('**/page/say');
  await page.unroute('**/page/live*');
  await page.waitForSelector('#lost', { state: 'hidden' });
  await answered(page, () => page.locator('[data-test=try], [data-test=reply-button]').last().click());
  await close(page);
}

async function other() {
  const page = await open(browser, base, `lang=${lang}`, { forcedColors: 'active' });
  const told = await page.evaluate(() => ['.who [aria-current]', '.bar .to [aria-current]'].every((one) => getComputedStyle(document.querySelector(one)).outlineStyle === 'solid'));
  check(told, 'forced colours: what is selected is outlined');
  check(await page.evaluate(() => getComputedStyle(document.querySelector('.phone')).borderTopStyle === 'solid'), 'forced colours: the phone has an edge');
  await noSideways(page, 'forced colours');
  await close(page);

  const zoomed = await open(browser, base, `lang=${lang}`, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
  for (const pane of ['', '#people', '#records']) {
    await zoomed.evaluate((hash) => { location.hash = hash; }, pane);
    await noSideways(zoomed, `200 % ${pane}`);
  }
  await close(zoomed);

  const still = await open(browser, base, `lang=${lang}`, { reducedMotion: 'reduce' });
  await still.locator('[data-test=attach]').click();
  await still.evaluate(() => { document.querySelector('#typing').hidden = false; });
  check(await still.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length) === 0, 'reduced motion: something moves');
  check(await still.locator('#typing .dots i').count() === 3, 'the dots stay');
  await close(still);
}

try {
  await panes();
  await booked();
  await kinds();
  await other();
  console.log(`${lang}: no violation in ${runs} runs`);
} finally {
  await browser.close();
}
