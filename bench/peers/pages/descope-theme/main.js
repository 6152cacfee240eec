import { darkTheme, defaultTheme, themeToStyle } from '@descope/web-components-ui';

document.body.textContent = JSON.stringify({
  light: themeToStyle(defaultTheme),
  dark: themeToStyle(darkTheme),
});
