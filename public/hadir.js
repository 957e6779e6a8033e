// The list of a session when the network comes and goes: a tap is kept on this device until the portal has it. Without
// this file, or without storage, every button is a plain form. Nothing here writes HTML from text (Trusted Types).

const list = document.querySelector('[data-attendance]');
const announcement = document.getElementById('announcement');
const filter = document.getElementById('filter');
const retryEvery = 5000;
const mostAtOnce = 50;
const prefix = `hadir:${list?.dataset.account}:`;
const own = prefix + list?.dataset.attendance;

let state = 'ready';
let refused = 0;
let sending = false;

if (list && canStore()) {
  document.getElementById('content').addEventListener('submit', keepTap);
  document.addEventListener('submit', keepFromSigningOut, true);
  if (filter)
    for (const type of ['input', 'change', 'submit'])
      filter.parentElement.addEventListener(type, search, true);
  addEventListener('online', () => void sendAll());
  addEventListener('offline', show);
  setInterval(() => void sendAll(), retryEvery);
  // portal.js puts a fresh list in place while somebody filters.
  new MutationObserver(markWaiting).observe(list, { childList: true });
  markWaiting();
  show();
  void sendAll();
}

function keepTap(event) {
  const form = event.target.closest('form[data-tap]');
  if (!form) return;
  event.preventDefault();
  const nonce = form.elements.namedItem('key').value;
  write(own, [
    ...read(own),
    { nonce, invitationId: Number(form.dataset.tap), at: new Date().toISOString() },
  ]);
  const name = form.closest('li').querySelector('strong').textContent;
  mark(form, { label: 'Hadir', tone: 'good', time: 'belum terkirim' }, nonce);
  announcement.textContent = `${name} dicatat hadir.`;
  show();
  void sendAll();
}

/** Puts what is known in the place of the button. */
function mark(form, answer, nonce) {
  const place = document.createElement('span');
  place.dataset.nonce = nonce;
  form.replaceWith(place);
  fill(place, answer);
  place.closest('li').dataset.status = 'hadir';
  count(1);
}

function fill(place, { label, tone, time }) {
  const badge = document.createElement('span');
  badge.className = `badge ${tone ?? ''}`;
  badge.textContent = label;
  const small = document.createElement('small');
  small.textContent = time ?? '';
  place.replaceChildren(badge, ' ', small);
}

function count(more) {
  const here = list.querySelector('[data-here]');
  if (here) here.textContent = String(Number(here.textContent.replaceAll(/\D/g, '')) + more);
}

/** Taps of an earlier visit, and rows that portal.js fetched again, are shown as made. */
function markWaiting() {
  for (const { nonce, invitationId } of read(own)) {
    const form = list.querySelector(`form[data-tap="${invitationId}"]`);
    if (form) mark(form, { label: 'Hadir', tone: 'good', time: 'belum terkirim' }, nonce);
  }
}

/** Sends what waits, of other sessions of this account too. */
async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    for (const key of waitingKeys()) while (read(key).length > 0 && (await send(key)));
  } finally {
    sending = false;
    show();
  }
}

async function send(key) {
  const taps = read(key).slice(0, mostAtOnce);
  const body = new URLSearchParams({
    key: crypto.randomUUID(),
    sentAt: new Date().toISOString(),
    taps: JSON.stringify(taps),
  });
  try {
    const answer = await fetch(key.slice(prefix.length), {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(15_000),
    });
    const isOurs = answer.ok && answer.headers.get('content-type')?.startsWith('application/json');
    state = isOurs
      ? 'ready'
      : answer.redirected || answer.status === 401
        ? 'signed-out'
        : 'refused';
    if (!isOurs) return false;
    settle(key, taps, await answer.json());
    return true;
  } catch {
    state = 'offline';
    return false;
  }
}

function settle(key, taps, answer) {
  const done = new Set(taps.map(({ nonce }) => nonce));
  write(
    key,
    read(key).filter(({ nonce }) => !done.has(nonce)),
  );
  refused += answer.taps.filter(({ isKept }) => !isKept).length;
  if (key !== own) return;
  for (const tap of answer.taps) {
    const place = list.querySelector(`[data-nonce="${tap.nonce}"]`);
    if (place) fill(place, tap);
  }
  const here = list.querySelector('[data-here]');
  if (here) here.textContent = String(answer.here + read(own).length);
}

const sentences = {
  ready: 'Mengirim…',
  offline: 'Jaringan terputus. Teruskan mencatat; catatan dikirim sendiri begitu jaringan kembali.',
  'signed-out': 'Sesi Anda berakhir. Masuk lagi dari perangkat ini; catatan tidak hilang.',
  refused: 'Portal belum menerimanya. Dicoba lagi sebentar.',
};

function show() {
  const waiting = waitingKeys().reduce((sum, key) => sum + read(key).length, 0);
  const banner = document.querySelector('[data-unsent]');
  if (!navigator.onLine) state = 'offline';
  const parts = [
    waiting ? `${waiting} belum terkirim. ${sentences[state]}` : '',
    refused
      ? `${refused} catatan tidak diterima, misalnya karena sesi sudah ditutup. Muat ulang halaman ini untuk memeriksa.`
      : '',
  ];
  const text = parts.filter(Boolean).join(' ');
  if (banner.textContent !== text) banner.textContent = text;
  banner.parentElement.hidden = text === '';
}

/** Signing out empties the storage of this device. */
function keepFromSigningOut(event) {
  if (!event.target.action.endsWith('/keluar') || waitingKeys().length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector('[data-unsent]').textContent =
    'Masih ada catatan yang belum terkirim. Tunggu sampai terkirim, baru keluar.';
  scrollTo(0, 0);
}

/** Searches the rows that are here, when they are all or when the network is gone; else portal.js asks the portal. */
function search(event) {
  if (!filter.contains(event.target)) return;
  if (!('whole' in list.dataset) && state !== 'offline') return;
  event.stopPropagation();
  if (event.type === 'submit') event.preventDefault();
  const wanted = filter.elements.namedItem('cari').value.trim().toLowerCase();
  const status = filter.elements.namedItem('catatan').value;
  let found = 0;
  for (const row of list.querySelectorAll('li[data-status]')) {
    const isWanted =
      row.querySelector('span').textContent.toLowerCase().includes(wanted) &&
      (status === '' || row.dataset.status === status);
    row.hidden = !isWanted;
    if (isWanted) found += 1;
  }
  announcement.textContent = `${found} orang ditemukan`;
}

function waitingKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
}

function write(key, taps) {
  if (taps.length === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(taps));
}

function canStore() {
  try {
    localStorage.setItem('hadir', '');
    localStorage.removeItem('hadir');
    return true;
  } catch {
    return false;
  }
}
