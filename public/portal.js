// Comfort only: every link and form works without this file. The CSP requires Trusted Types, so
// nothing here writes HTML from text; pages are fetched as documents (XMLHttpRequest parses them).

const announcement = document.getElementById('announcement');
const typingPause = 350;
const longestSending = 15_000;

for (const form of document.querySelectorAll('form[data-live]')) {
  if (document.querySelector(form.dataset.live)) keepFilterLive(form);
}
for (const input of document.querySelectorAll('input[type=password]')) offerReveal(input);
for (const button of document.querySelectorAll('[data-print], [data-copy]')) button.hidden = false;
if (document.querySelector('[data-poll]')) void followWork(1000);
document.querySelector('form[data-continue]')?.requestSubmit();
if (document.title.startsWith('Galat: ')) document.querySelector('.error-summary')?.focus();

let unsaved = false;

document.addEventListener('input', (event) => {
  if (event.target.form?.matches('[data-guard]')) unsaved = true;
});

document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) return event.preventDefault();
  unsaved = false;
  if (event.target.method === 'post') showSending(event.target, event.submitter);
});

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-print], [data-copy], [data-dialog], [data-close]');
  closeMenus(event.target);
  if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ('print' in target.dataset) window.print();
  else if ('copy' in target.dataset) void copy(target);
  else if ('dialog' in target.dataset) void openConfirm(event, target);
  else closeDialog(event, target);
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details[data-menu][open]');
  closeMenus(document.body);
  menu?.querySelector('summary').focus();
});

addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault();
});

// A page restored from the back-forward cache must be able to send again.
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of document.forms) showReady(form);
});

function keepFilterLive(form) {
  let request;
  let pause;

  const refresh = async () => {
    clearTimeout(pause);
    request?.abort();
    request = new XMLHttpRequest();
    const region = document.querySelector(form.dataset.live);
    const url = new URL(form.action);
    url.search = new URLSearchParams(
      [...new FormData(form)].filter(([, value]) => value !== ''),
    ).toString();
    region.setAttribute('aria-busy', 'true');
    const page = await fetchPage(request, url);
    if (page === 'aborted') return;
    const fresh = page?.querySelector(form.dataset.live);
    if (!fresh) {
      form.submit();
      return;
    }
    region.replaceWith(fresh);
    replaceText(form.querySelector('.filter-summary span'), page);
    history.replaceState(null, '', url);
    document.title = page.title;
    announcement.textContent = fresh.dataset.announce ?? '';
  };

  form.addEventListener('input', (event) => {
    if (event.target.type !== 'search') return;
    clearTimeout(pause);
    pause = setTimeout(() => void refresh(), typingPause);
  });
  form.addEventListener('change', (event) => {
    if (event.target.type !== 'search') void refresh();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void refresh();
  });
}

function replaceText(element, page) {
  const fresh = element && page.querySelector('.filter-summary span');
  if (fresh) element.textContent = fresh.textContent;
}

/** Resolves to the document at `url`, to 'aborted', or to null when anything else came instead. */
function fetchPage(request, url) {
  return new Promise((resolve) => {
    request.open('GET', url);
    request.responseType = 'document';
    request.addEventListener('load', () => {
      const moved = new URL(request.responseURL).pathname !== new URL(url, location).pathname;
      resolve(request.status === 200 && !moved ? request.response : null);
    });
    request.addEventListener('error', () => resolve(null));
    request.addEventListener('abort', () => resolve('aborted'));
    request.send();
  });
}

/** Shows how far work has come, ever more rarely; when it is over, shows the page of its end. */
async function followWork(pause) {
  await new Promise((resolve) => setTimeout(resolve, pause));
  const page = await fetchPage(new XMLHttpRequest(), location.href);
  const fresh = page?.querySelector?.('[data-poll]');
  if (!fresh) return location.reload();
  document.querySelector('[data-poll]').replaceWith(fresh);
  void followWork(Math.min(pause * 1.5, 8000));
}

function showSending(form, submitter) {
  form.dataset.sent = 'true';
  const button = submitter ?? form.querySelector('button:not([type=button])');
  if (!button) return;
  // Disabled only after the browser has read the form, or its name and value would not be sent.
  setTimeout(() => {
    button.dataset.label = button.textContent;
    const text = [...button.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE);
    if (text) text.textContent = button.dataset.busy ?? 'Mengirim…';
    button.disabled = true;
  });
  setTimeout(() => showReady(form), longestSending);
}

function showReady(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('button[data-label]')) {
    const text = [...button.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE);
    if (text) text.textContent = button.dataset.label;
    delete button.dataset.label;
    button.disabled = false;
  }
}

function offerReveal(input) {
  const row = document.createElement('div');
  const button = document.createElement('button');
  row.className = 'reveal';
  button.className = 'btn';
  button.type = 'button';
  button.textContent = 'Tampilkan';
  button.setAttribute('aria-controls', input.id);
  button.setAttribute('aria-label', 'Tampilkan kata sandi');
  button.addEventListener('click', () => {
    const shown = input.type === 'text';
    input.type = shown ? 'password' : 'text';
    button.textContent = shown ? 'Tampilkan' : 'Sembunyikan';
    button.setAttribute('aria-label', `${button.textContent} kata sandi`);
  });
  // A shown password must not stay in the browser's list of remembered texts.
  input.form?.addEventListener('submit', () => (input.type = 'password'));
  input.replaceWith(row);
  row.append(input, button);
}

async function copy(button) {
  const input = document.getElementById(button.dataset.copy);
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
    announcement.textContent = 'Tersalin.';
    button.lastChild.textContent = 'Tersalin';
  } catch {
    announcement.textContent = 'Belum tersalin. Salin sendiri teks yang sudah terpilih.';
  }
}

/** Shows the confirm page behind a link as a dialog; when that page is not one, goes there. */
async function openConfirm(event, link) {
  event.preventDefault();
  const page = await fetchPage(new XMLHttpRequest(), link.href);
  const body = page?.querySelector?.('[data-confirm]');
  if (!body) {
    location.assign(link.href);
    return;
  }
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  dialog.append(body);
  dialog.addEventListener('close', () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function closeDialog(event, target) {
  const dialog = target.closest('dialog');
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
}

function closeMenus(clicked) {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    if (!menu.contains(clicked)) menu.open = false;
  }
}
