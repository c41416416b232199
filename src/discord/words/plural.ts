/** What a language distinguishes; `other` is what every language has. */
type Forms = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** Chooses the form that goes with a count, by the language's own rules. */
export function pluralIn(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
