// Makes the page live: forms go in the background, news comes as server-sent events and is put where it belongs, lists
// open as sheets. Without this file links and forms still work. No text of a message is kept here.
'use strict';
const $ = (id) => document.getElementById(id);
const chat = $('chat'), typing = $('typing'), veil = $('veil'), inside = $('inside'), live = document.body.dataset.live;
const post = (url, body) => fetch(url, { method: 'POST', body, headers: { accept: 'application/json' } });

// Forms -------------------------------------------------------------------------------------------------------------
document.addEventListener('submit', async (event) => {
  const form = event.target, button = event.submitter;
  if (!('live' in form.dataset)) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, button)), box = form.id === 'write' && $('text');
  if (box) { if (!box.value.trim()) return; box.value = ''; box.focus(); }
  if (veil.contains(form) || veil.contains(button)) close();
  const busy = setTimeout(() => button?.setAttribute('aria-busy', 'true'), 300);
  try {
    const answer = await post(form.action, body), detail = answer.ok ? null : (await answer.json().catch(() => ({}))).detail || answer.status;
    trouble(detail && (form.action.endsWith('/say') && answer.status === 502 ? $('trouble').dataset.notTaken : $('trouble').dataset.failed.replace('{detail}', detail)));
  } catch { if (box && !box.value) box.value = body.get('text'); lost(); } finally { clearTimeout(busy); button?.removeAttribute('aria-busy'); }
});
function trouble(text) { $('trouble').lastElementChild.textContent = text || ''; $('trouble').hidden = !text; }

// News --------------------------------------------------------------------------------------------------------------
let stream = null, seen = document.body.dataset.seen, tries = 0, timer = 0, watch = 0;
function connect() {
  const parts = [...document.querySelectorAll('[data-part]')].map((part) => `${part.dataset.part}:${part.dataset.hash}`);
  stream = new EventSource(`${live}&seen=${seen}&parts=${parts}`);
  stream.onmessage = (event) => { alive(); news(JSON.parse(event.data)); };
  stream.onerror = lost;
  watchdog();
}
function watchdog() { clearTimeout(watch); watch = setTimeout(lost, 16000); }
function alive() { tries = 0; $('lost').hidden = true; watchdog(); }
function lost() {
  if (!stream) return;
  stream.close(); stream = null; clearTimeout(watch);
  tries = Math.min(tries + 1, 3); let left = 2 ** tries;
  const note = $('lost').lastElementChild.lastElementChild, digits = new Intl.NumberFormat(document.documentElement.lang === 'ar' ? 'ar-SA-u-nu-arab' : 'en');
  const say = () => { note.textContent = note.dataset.text.replace('{s}', digits.format(left)).replace('{time}', $('world-time').textContent); };
  if ($('lost').hidden) { say(); $('lost').hidden = false; }
  clearInterval(timer);
  timer = setInterval(() => { if (--left > 0) { if (left % 5 === 0 || left < 4) say(); } else { clearInterval(timer); connect(); } }, 1000);
}
function news(it) {
  if (it.seen) seen = it.seen;
  for (const [part, [hash, html]] of Object.entries(it.parts || {})) swap(document.querySelector(`[data-part="${part}"]`), hash, html);
  if ('typing' in it) { const end = atEnd(); typing.hidden = !it.typing; if (end) toEnd(); }
  if (it.items) lines(it.items);
}
function swap(part, hash, html) {
  if (!part) return;
  const held = part.contains(document.activeElement) && document.activeElement.id, open = [...part.querySelectorAll('details[open]')].map((one) => one.id);
  const before = new Map([...part.querySelectorAll('[data-key]')].map((row) => [row.dataset.key, row.textContent]));
  part.innerHTML = html; part.dataset.hash = hash;
  for (const id of open) if ($(id)) $(id).open = true;
  if (held) $(held)?.focus();
  if (before.size) for (const row of part.querySelectorAll('[data-key]')) if (before.get(row.dataset.key) !== row.textContent) row.classList.add('flash');
}
const atEnd = () => chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
const toEnd = () => { chat.scrollTop = chat.scrollHeight; };
// Who is at the end stays there when a keyboard or a notice takes room.
let stuck = true;
chat.addEventListener('scroll', () => { stuck = atEnd(); });
new ResizeObserver(() => { if (stuck) toEnd(); }).observe(chat);
function lines(items) {
  let follow = atEnd();
  for (const [id, html] of items) {
    const box = document.createElement('template'); box.innerHTML = html;
    const line = box.content.firstElementChild, old = $(id);
    if (old) { renew(old, line); continue; }
    $('empty')?.remove(); line.classList.add('fresh'); typing.before(line);
    if (line.classList.contains('out')) follow = true; else if (line.classList.contains('msg')) typing.hidden = true;
  }
  if (follow) toEnd();
  read();
}

// A new tick is put in place, so that nothing is read out again; anything else takes the old one's place and its focus.
function renew(old, line) {
  const [was, is] = [old, line].map((one) => one.querySelector('.when')), same = (one) => { const copy = one.cloneNode(true); copy.querySelector('.when')?.remove(); copy.removeAttribute('data-unread'); copy.classList.remove('fresh'); return copy.outerHTML; };
  if (!line.dataset.unread) old.removeAttribute('data-unread');
  if (was && is && same(old) === same(line)) { was.innerHTML = is.innerHTML; return; }
  if (veil.owner && old.contains(veil.owner)) return;
  const stops = (one) => [...one.querySelectorAll('button, summary, a')], at = stops(old).indexOf(document.activeElement);
  old.replaceWith(line);
  if (at >= 0) stops(line)[at]?.focus();
}

// What is on the screen has been read; Meta tells the hospital.
let reading = false;
async function read() {
  if (reading || document.visibilityState !== 'visible' || !chat.clientHeight) return;
  reading = true;
  for (let line; (line = chat.querySelector('[data-unread]'));) {
    const wamid = line.dataset.unread; line.removeAttribute('data-unread');
    await fetch('/sandbox/api/status', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ wamid, status: 'read' }) }).catch(() => {});
  }
  reading = false;
}
document.addEventListener('visibilitychange', read);

// Sheets ------------------------------------------------------------------------------------------------------------
const outside = () => [...document.querySelectorAll('body > :not(main, script)'), ...document.querySelectorAll('main > :not(#phone)'), ...$('phone').children].filter((part) => part !== veil && !part.inert);
document.addEventListener('click', (event) => {
  const opener = event.target.closest('summary[data-sheet]');
  if (opener) { event.preventDefault(); open(opener); } else if (!veil.hidden && !event.target.closest('.sheet')) close();
});
$('close').addEventListener('click', close);
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !veil.hidden) { event.preventDefault(); close(); } });
function open(opener) {
  const what = opener.nextElementSibling;
  veil.owner = opener; $('sheet-title').textContent = what.dataset.title; $('sheet-body').append(what);
  veil.hidden = false; veil.inerted = outside(); for (const part of veil.inerted) part.inert = true;
  (what.querySelector('input:checked') || what.querySelector('button') || $('close')).focus();
}
function close() {
  if (veil.hidden) return;
  for (const part of veil.inerted) part.inert = false;
  veil.hidden = true; veil.owner.after($('sheet-body').firstElementChild); veil.owner.focus(); veil.owner = null;
}

// Which pane a small screen shows -----------------------------------------------------------------------------------
function view() {
  for (const link of document.querySelectorAll('.view a')) if (link.hash === (['#people', '#records'].includes(location.hash) ? location.hash : '#phone')) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
  toEnd(); read();
}
addEventListener('hashchange', view);
view(); connect(); addEventListener('pageshow', (event) => { if (event.persisted) lost(); });
