export interface StoredMail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  receivedAt: string;
}

export const STYLESHEET = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
ul { list-style: none; padding: 0; }
li { border-top: 1px solid #8885; padding: .6rem 0; }
small { opacity: .75; display: block; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-top: 1px solid #8885; padding-top: 1rem; }
`;

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c);

const shell = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>`;

/** Every message, newest first. */
export function listPage(mails: readonly StoredMail[]): string {
  const items = mails.map(
    (mail) =>
      `<li><a href="/${escape(mail.id)}">${escape(mail.subject)}</a><small>to ${escape(mail.to.join(', '))} · ${escape(mail.receivedAt)}</small></li>`,
  );
  return shell(
    'Outbox',
    `<h1>Outbox</h1><p>Mail that this machine would have sent.</p>${items.length ? `<ul>${items.join('')}</ul>` : '<p>Nothing yet.</p>'}`,
  );
}

export function messagePage(mail: StoredMail): string {
  return shell(
    mail.subject,
    `<p><a href="/">Outbox</a></p><h1>${escape(mail.subject)}</h1><small>from ${escape(mail.from)}</small><small>to ${escape(mail.to.join(', '))}</small><small>${escape(mail.receivedAt)}</small><pre>${escape(mail.text)}</pre>`,
  );
}
