export type Scheme = 'light' | 'dark';

/** Every rule inside, also those that the build has put into `@supports`. */
function visit(rules: CSSRuleList, use: (rule: CSSMediaRule) => void): void {
  for (const rule of Array.from(rules)) {
    if (rule instanceof CSSMediaRule) use(rule);
    const { cssRules } = rule as Partial<CSSGroupingRule>;
    if (cssRules) visit(cssRules, use);
  }
}

/** Shows the page light or dark whatever the reader's system says, by what the style sheets hold for either. */
export function forceScheme(scheme: Scheme): void {
  document.documentElement.style.colorScheme = scheme;
  for (const sheet of Array.from(document.styleSheets)) {
    visit(sheet.cssRules, (rule) => {
      if (rule.media.mediaText.indexOf('prefers-color-scheme: dark') < 0) return;
      rule.media.mediaText = scheme === 'dark' ? 'all' : 'not all';
    });
  }
}
