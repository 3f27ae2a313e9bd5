// The phone. Everything it shows comes from /sandbox/api; what the person sent is kept in this page only.
'use strict';
const $ = (id) => document.getElementById(id);
const AR = {
  skip: 'إلى خانة الرسالة', lead: 'هاتف واتساب أمام البوابة الحقيقية. تكفي كلمة مرحبا، أو أحد الأزرار.', who: 'صاحب الهاتف',
  person: 'الشخص', clinic: 'يكتب إلى', clock: 'ساعة هذا العالم', hour: '+ ساعة', day: '+ يوم', week: '+ أسبوع',
  trouble: 'تجربة الأعطال', 'f-lost': 'النظام يحجز ويضيع الجواب', 'f-down': 'النظام متوقف مرة واحدة', 'f-throttle': 'واتساب مزدحم مرة واحدة',
  online: 'المساعد الآلي', message: 'الرسالة', send: 'إرسال', close: 'إغلاق', ehr: 'ما يحفظه نظام المستشفى',
  'ehr-empty': 'لا موعد لهذا الشخص بعد. الحجز من المحادثة.', db: 'ما تحفظه قاعدة بياناتنا',
  'db-lead': 'صفوف بلا اسم ولا رقم ولا خدمة ولا وقت زيارة: رموز مستعارة، وقيم مختومة، وأوقات أحداثنا نحن.',
  'db-cap': 'عدد الصفوف في كل جدول', table: 'الجدول', rows: 'الصفوف', armed: 'جاهز: سيحدث مع الطلب التالي.',
  lost: 'لم تصل الرسالة إلى البوابة، وسيعاد إرسالها.', offline: 'لا اتصال بالبوابة. المعروض هنا من', delivered: 'وصلت', read: 'قرئت', sent: 'أرسلت',
  'note-amal': 'سجل واحد، يكتب بالعربية', 'note-parent': 'أحد الوالدين وله ثلاثة سجلات', 'note-unknown': 'رقم لا يعرفه نظام المستشفى',
  'note-james': 'سجل واحد، يكتب بالإنجليزية', 'note-username': 'اسم مستخدم بلا رقم هاتف', 'note-deceased': 'السجل لمتوفى', 'note-merged': 'السجل مدمج في آخر',
  'note-casablanca': 'مريض في الدار البيضاء', crowd: 'واحد من كثيرين',
  typing: 'يكتب', booked: 'محجوز', cancelled: 'ملغى', template: 'رسالة معتمدة', external: 'نظام مستشفى خارجي مستخدم هنا.',
};
const EN = {
  armed: 'Armed: it happens with the next request.', lost: 'The gateway did not take the message; it will be delivered again.',
  offline: 'No connection to the gateway. Shown as of', delivered: 'Delivered', read: 'Read', sent: 'Sent', typing: 'typing',
  booked: 'booked', cancelled: 'cancelled', template: 'Approved template', external: 'An external EHR is in use.',
};
for (const node of document.querySelectorAll('[data-t]')) EN[node.dataset.t] ??= node.textContent;
const asked = new URLSearchParams(location.search).get('lang');
let lang = asked === 'ar' || asked === 'en' ? asked : (navigator.language || 'en').startsWith('ar') ? 'ar' : 'en';
const t = (key) => (lang === 'ar' ? AR : EN)[key] ?? EN[key] ?? key;
let world = null, person = null, clinic = null, after = 0, mine = [], theirs = [], waiting = false, backOff = 0, lastSeen = null, opener = null;

async function api(path, body, method) {
  const options = body === undefined ? {} : { method: method || 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch('/sandbox/api/' + path, options);
  const json = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(json.detail || response.status), { status: response.status });
  return json;
}
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') node.addEventListener('click', value); else if (value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}
function icon(name) {
  const ns = 'http:' + '//www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg'), use = document.createElementNS(ns, 'use');
  svg.setAttribute('class', name === 'reply' || name === 'list' ? 'ico flip' : 'ico'); svg.setAttribute('viewBox', '0 0 24 24'); svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', '#i-' + name); svg.append(use);
  return svg;
}
const zone = () => clinic?.timezone || 'UTC';
const locale = () => (lang === 'ar' ? 'ar' : 'en-GB');
// Morocco has been on UTC+0 since 2026-09-20; a browser with older rules would be an hour off, so its zone is fixed here.
const shownZone = () => (zone() === 'Africa/Casablanca' ? 'UTC' : zone());
const clockText = (at) => new Intl.DateTimeFormat(locale(), { timeZone: shownZone(), hour: 'numeric', minute: '2-digit' }).format(new Date(at));
const dayText = (at) => new Intl.DateTimeFormat(locale(), { timeZone: shownZone(), weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(new Date(at));

function translate() {
  document.documentElement.lang = lang; document.documentElement.dir = lang === 'ar' ? 'rtl' : 'ltr';
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  $('language').textContent = lang === 'ar' ? 'English' : 'العربية'; $('language').lang = lang === 'ar' ? 'en' : 'ar';
}
function choices() {
  $('person').replaceChildren(...world.people.map((one) => el('option', { value: one.id }, `\u2066${one.phone || one.bsuid}\u2069 · ${one.id}`)));
  $('clinic').replaceChildren(...world.clinics.map((one) => el('option', { value: one.id }, one.name[lang])));
  $('person').value = person.id; $('clinic').value = clinic.id;
  $('note').textContent = lang === 'ar' ? AR['note-' + person.id] || AR.crowd : person.note; $('peer').textContent = clinic.name[lang];
}
const key = () => `wasl-${person.id}`;
function pick(id) {
  person = world.people.find((one) => one.id === id) || world.people[0];
  after = 0; theirs = []; mine = JSON.parse(sessionStorage.getItem(key()) || '[]');
  choices(); draw(true); refresh();
}
function say(body, shown) {
  mine.push({ at: new Date(world.now).toISOString(), text: shown, order: theirs.length });
  sessionStorage.setItem(key(), JSON.stringify(mine.slice(-200)));
  waiting = true; draw(true);
  api('say', { from: person.id, to: clinic.phone_number_id, ...body })
    .then(() => api('settle', {})).then(() => trouble(null))
    .catch((error) => trouble(error.status === 502 ? t('lost') : null))
    .finally(() => { waiting = false; refresh(); });
}
function trouble(text) { $('trouble').hidden = !text; $('trouble').textContent = text || ''; }

function text(message) {
  const body = message.body;
  if (body.type === 'text') return body.text.body;
  if (body.type === 'interactive') return body.interactive.body.text;
  const parts = (body.template.components || []).filter((one) => one.type === 'body').flatMap((one) => one.parameters);
  return `${t('template')}: ${body.template.name}\n` + parts.map((one) => `${one.parameter_name}: ${one.text}`).join('\n');
}
function actions(message) {
  const body = message.body, action = body.interactive?.action;
  if (action?.buttons) return action.buttons.map(({ reply }) => tapButton(reply.id, reply.title));
  if (action?.sections) return [el('button', { type: 'button', 'data-test': 'list-open', on: (event) => open(event.currentTarget, action) }, icon('list'), el('bdi', {}, action.button))];
  return (body.template?.components || []).filter((one) => one.sub_type === 'quick_reply').map((one) => tapButton(one.parameters[0].payload, `#${Number(one.index) + 1}`));
}
const tapButton = (id, title) => el('button', { type: 'button', 'data-test': 'reply-button', on: () => say({ tap: id }, title) }, icon('reply'), el('bdi', {}, title));
function ticks(message) {
  const state = ['read', 'delivered', 'sent'].find((one) => message.statuses.includes(one));
  return state ? el('span', { role: 'img', 'aria-label': t(state), class: state }, icon('ticks')) : null;
}
function bubble(message) {
  const acts = actions(message), foot = message.body.interactive?.footer?.text;
  return el('div', { class: 'msg', 'data-test': 'bubble-in' }, el('div', { class: 'bub', dir: 'auto' }, text(message), foot ? el('span', { class: 'foot', dir: 'auto' }, foot) : null,
    el('span', { class: 'when' }, clockText(message.at), ticks(message)), acts.length ? el('div', { class: 'acts' }, ...acts) : null));
}
const own = (one) => el('div', { class: 'msg out', 'data-test': 'bubble-out' }, el('div', { class: 'bub', dir: 'auto' }, one.text, el('span', { class: 'when' }, clockText(one.at))));
function draw(toEnd) {
  const nodes = [];
  for (let n = 0; n <= theirs.length; n++) {
    nodes.push(...mine.filter((one) => one.order === n).map(own));
    if (n < theirs.length) nodes.push(bubble(theirs[n]));
  }
  if (waiting) nodes.push(el('div', { class: 'msg' }, el('div', { class: 'bub' }, el('span', { class: 'dots', role: 'img', 'aria-label': t('typing') }, el('i'), el('i'), el('i')))));
  $('log').replaceChildren(...nodes);
  if (toEnd) $('log').scrollTop = $('log').scrollHeight;
}
function open(button, action) {
  opener = button; $('sheet-title').textContent = action.button;
  $('rows').replaceChildren(...action.sections.flatMap((section) => [
    section.title ? el('h3', { dir: 'auto' }, section.title) : null,
    ...section.rows.map((row) => el('button', { type: 'button', class: 'pick', 'data-test': 'list-row', dir: 'auto', on: () => { close(); say({ tap: row.id }, row.title); } }, row.title, row.description ? el('small', { dir: 'auto' }, row.description) : null)),
  ]).filter(Boolean));
  $('sheet').hidden = false; $('screen').inert = true; $('rows').querySelector('button').focus();
}
function close() { $('sheet').hidden = true; $('screen').inert = false; opener?.focus(); }

async function refresh() {
  try {
    const [news, panel] = await Promise.all([api(`messages?from=${person.id}&after=${after}`), api(`panel?from=${person.id}`)]);
    after = news.next; theirs.push(...news.messages); world.now = panel.now; lastSeen = panel.now; backOff = 0;
    if (news.messages.length) draw(true);
    $('now').textContent = dayText(panel.now); $('now').dateTime = panel.now; $('zone').textContent = zone();
    ehr(panel.ehr); tables(panel.database.tables);
    if ($('trouble').textContent.startsWith(t('offline'))) trouble(null);
  } catch {
    backOff = Math.min(backOff + 1, 5); trouble(`${t('offline')} ${lastSeen ? clockText(lastSeen) : '–'}`);
  }
}
function ehr(held) {
  const found = held.appointments || [];
  $('ehr-empty').hidden = found.length > 0 || held.external;
  $('appointments').replaceChildren(...found.map((one) => el('li', { class: one.status === 'booked' ? 'on' : 'off', 'data-test': 'ehr-appointment', 'data-status': one.status },
    el('b', {}, t(one.status)), ' ', dayText(one.start), el('br'), el('small', { class: 'dim' }, el('bdi', { dir: 'ltr' }, `${one.practitioner || ''} · ${one.patient}`)))));
  $('counts').textContent = held.external ? t('external') : '';
  if (held.counts) $('counts').append(el('bdi', { dir: 'ltr' }, ['Appointment', 'Slot', 'Task', 'Communication'].map((kind) => `${kind} ${held.counts[kind] || 0}`).join(' · ')));
}
function tables(list) {
  $('tables').replaceChildren(...list.map((one) => el('tr', { 'data-test': 'db-row' }, el('td', {}, el('code', {}, one.name)), el('td', { class: 'n' }, String(one.rows)))));
}
async function tick() { await refresh(); setTimeout(tick, 2000 * 2 ** backOff); }

document.addEventListener('keydown', (event) => {
  if ($('sheet').hidden) return;
  if (event.key === 'Escape') return close();
  if (event.key !== 'Tab') return;
  const stops = [...$('sheet').querySelectorAll('button')], first = stops[0], last = stops[stops.length - 1];
  if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
  else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
});
$('close').addEventListener('click', close);
$('write').addEventListener('submit', (event) => { event.preventDefault(); const typed = $('text').value.trim(); if (typed) { $('text').value = ''; say({ text: typed }, typed); } });
$('person').addEventListener('change', (event) => pick(event.target.value));
$('clinic').addEventListener('change', (event) => { clinic = world.clinics.find((one) => one.id === event.target.value); choices(); draw(); refresh(); });
$('language').addEventListener('click', () => { lang = lang === 'ar' ? 'en' : 'ar'; history.replaceState(null, '', `?lang=${lang}`); translate(); choices(); draw(true); refresh(); });
for (const button of document.querySelectorAll('[data-advance]')) button.addEventListener('click', () => api('clock', { advance: button.dataset.advance }).catch(() => {}).finally(refresh));
for (const button of document.querySelectorAll('[data-fault]')) button.addEventListener('click', () => api('faults', { side: button.dataset.side, match: button.dataset.match, fault: button.dataset.fault, times: 1 }).then(() => { $('armed').textContent = t('armed'); }));
translate();
api('world').then((found) => {
  world = found; clinic = world.clinics[0];
  pick((world.people.find((one) => one.locale === lang) || world.people[0]).id); tick();
}).catch(() => trouble(`${t('offline')} –`));
