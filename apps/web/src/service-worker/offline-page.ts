/**
 * What stands in for a page that can't be had without a network: says so, and leads back to the cases that are kept.
 * It brings its own style, since none may be on this device.
 *
 * @param cases the addresses of the work pages that open without a network.
 */
export function offlinePage(cases: readonly string[]): Response {
  return new Response(
    `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>No network · Casebook</title>
    <style>
      body { max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem; font: 1.0625rem/1.55 system-ui, sans-serif;
        color: light-dark(#1f1c17, #ece5d8); background: light-dark(#f6f3ec, #171410); }
      h1 { font: 700 1.75rem/1.25 Georgia, serif; }
      a { display: inline-flex; align-items: center; min-height: 2.75rem; color: inherit; font-weight: 600; }
      ul { padding: 0; list-style: none; }
    </style>
  </head>
  <body>
    <main>
      <h1>There is no network</h1>
      <p>This page has to be fetched, and the service can’t be reached. What you judged is kept on this device and
        sent as soon as it can be.</p>
      ${wayBack(cases)}
      <p><a href="">Try again</a></p>
    </main>
  </body>
</html>
`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } },
  );
}

function wayBack(cases: readonly string[]): string {
  if (cases.length === 0) return '';
  const links = cases.map((path, index) => {
    const words = cases.length === 1 ? 'Back to your case' : `Back to case ${String(index + 1)}`;
    return `<li><a href="${path.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">${words}</a></li>`;
  });
  return `<ul>${links.join('')}</ul>`;
}
