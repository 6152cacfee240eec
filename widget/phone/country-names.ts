/**
 * Names in a language, and the code itself where there is no name: `Intl` throws at a tag or a code that is none, and
 * both may come from elsewhere.
 */
export function countryNames(
  lang: string,
  style: Intl.DisplayNamesOptions['style'] = 'long',
): (country: string) => string {
  let names: Intl.DisplayNames | undefined;
  try {
    names = new Intl.DisplayNames(lang, { type: 'region', style });
  } catch {
    // A browser without a language, as some are set up on servers, names itself by no tag.
  }
  return (country) => {
    try {
      return names?.of(country) ?? country;
    } catch {
      return country;
    }
  };
}
