/** A replacement in Framework's own markup, which its configuration cannot reach. */
interface Fix {
  find: string | RegExp;
  replace: string;
  /** Whether every page has it: then its absence means that Framework's markup has changed. */
  everywhere: boolean;
}

const fixes: Fix[] = [
  {find: "<html>", replace: '<html lang="en">', everywhere: true},
  {find: ", maximum-scale=1", replace: "", everywhere: true}, // people may zoom
  {
    find: '<input id="observablehq-sidebar-toggle" type="checkbox" title="Toggle sidebar">',
    replace:
      '<a id="skip-link" href="#observablehq-main">Skip to the text</a>\n' +
      '<input id="observablehq-sidebar-toggle" type="checkbox" title="Toggle sidebar" aria-label="Toggle sidebar">',
    everywhere: false
  },
  {
    find: '<nav id="observablehq-sidebar">',
    replace: '<nav id="observablehq-sidebar" aria-label="Site">',
    everywhere: false
  },
  {
    // a list may hold only list items
    find: /<ol>\s*(<label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle">)<\/label>/,
    replace: "<ol>\n    <li>$1</label></li>",
    everywhere: false
  },
  {
    find: 'type="search" placeholder="Search"',
    replace: 'type="search" placeholder="Search" aria-label="Search"',
    everywhere: false
  },
  {
    find: /<aside id="observablehq-toc"([^>]*)>\n<nav>/,
    replace: '<aside id="observablehq-toc" aria-label="Contents"$1>\n<nav aria-label="On this page">',
    everywhere: false
  },
  {
    find: /(<footer id="observablehq-footer">\n)<nav>/,
    replace: '$1<nav aria-label="Previous and next page">',
    everywhere: false
  },
  // what scrolls can be scrolled with the keyboard
  {find: /<pre(?=[ >])(?![^>]*tabindex)/g, replace: '<pre tabindex="0"', everywhere: false}
];

/** Makes the chrome of a built page accessible: language, zoom, names of landmarks, lists, a link past the sidebar. */
export function accessibleChrome(html: string): string {
  for (const {find, everywhere} of fixes) {
    if (everywhere && html.search(find) < 0) throw new Error(`Framework's markup has changed: no ${String(find)}.`);
  }
  return fixes.reduce((page, {find, replace}) => page.replace(find, replace), html);
}
