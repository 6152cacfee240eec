/**
 * As much of Descope's service as its element needs: the settings of one flow, its two screens, the library that it
 * draws them with, which its CDN serves, and that library's default theme in the place of a project's own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { type Handler, json, typeOf } from '../local-host.ts';
import { packageFile, packageVersion } from '../packages.ts';

const LIBRARY = '@descope/web-components-ui';
const PAGES = '/descope/pages/benchmark/v2-beta/';

const PHONE_SCREEN = `<descope-container data-editor-type="container" direction="column" id="ROOT"
  st-horizontal-padding="1rem" st-vertical-padding="1rem" st-host-width="100%" st-gap="1rem">
  <descope-phone-field bordered="true" default-code="DE" restrict-countries="AT,AU,BE,CH,DE,ES,FR,GB,IE,IT,NL,US" full-width="true" id="phone" label="Phone number"
    maxlength="20" minlength="6" name="phone" required="true" size="md" type="tel"></descope-phone-field>
  <descope-button data-type="button" formnovalidate="false" full-width="true" id="send" size="md"
    variant="contained">Send code</descope-button>
</descope-container>`;

const CODE_SCREEN = `<descope-container data-editor-type="container" direction="column" id="ROOT"
  st-horizontal-padding="1rem" st-vertical-padding="1rem" st-host-width="100%" st-gap="1rem">
  <descope-passcode bordered="true" digits="6" full-width="true" id="code" name="code" size="md"></descope-passcode>
  <descope-button data-type="button" full-width="true" id="check" size="md"
    variant="contained">Submit</descope-button>
</descope-container>`;

/** @param theme JSON, of descope-theme.ts */
export function descopeService(theme: string): Handler {
  const version = packageVersion(LIBRARY);
  const libraryPath = `/npm/${LIBRARY}@${version}/`;
  return ({ url: { pathname } }) => {
    if (pathname.startsWith(libraryPath)) return libraryFile(pathname.slice(libraryPath.length));
    switch (pathname) {
      case `${PAGES}config.json`:
        return json({
          componentsVersion: version,
          flows: { 'sign-up': { startScreenId: 'phone', startScreenName: 'Phone', version: 1 } },
        });
      case `${PAGES}theme.json`:
        return { type: 'json', body: theme };
      case `${PAGES}phone.html`:
        return { type: 'html', body: PHONE_SCREEN };
      case `${PAGES}code.html`:
        return { type: 'html', body: CODE_SCREEN };
      case '/v1/flow/start':
      case '/v2/flow/start':
        return json({
          executionId: 'sign-up|#|benchmark',
          stepId: '1',
          stepName: 'Code',
          status: 'waiting',
          action: 'screen',
          screen: { id: 'code', state: {} },
        });
      default:
        return undefined;
    }
  };
}

function libraryFile(path: string) {
  const file = packageFile(LIBRARY, path);
  const type = typeOf(path);
  // What comes of a URL stays within the library: the path is one that `new URL` has flattened.
  if (!type || path.includes('%') || !existsSync(file)) return undefined;
  return { type, body: readFileSync(file) };
}
