/**
 * What stands in documentation where a value has to come: a deployment that starts with it looks set up, and fails at the
 * first visitor. No secret that a machine has drawn looks like one of these.
 */

/** Neither seen nor meant, as a copy from a web page brings it. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The whole text is a template placeholder: `<api key>`, `[key]`, `${KEY}`, `{{ key }}`, `%KEY%`, `__KEY__`, `$KEY`. */
const IN_MARKS =
  /^(<[^<>]*>|\[[^[\]]*\]|\$?\{+[^{}]*\}+|\$\([^()]*\)|%\w+%|__\w+__|\$[a-z_]\w*|‹.*›|«.*»)$/i;

/** What a program writes that had no value, or the expression that should have been read. */
const NO_VALUE =
  /^(undefined|null|nil|none|nan|true|false|void|empty|unset|n\/?a|\[object [a-z]+\]|(process\.env|import\.meta\.env|env|secrets|vars)\.\w+|(openssl|head|uuidgen)( .*)?)$/i;

/** Instructions to fill it in. Spaces, hyphens, underscores and dots count as one space. */
const INSTRUCTION =
  /^(please )?(change|replace|fill|set|edit)( ?(me|this|it|in|with|now|here))( .*)?$|^(to ?do|fixme)( .*)?$|^(tbd|tba|tbc)$|^(insert|enter|put|paste|add|type|write)( .*)? here$|^(insert|enter|put|paste|add|type|write) (your|the|a|my)( .*)$|^.* goes here$|^(your|my|our) .* here$|^(your|my|our)? ?(own |real |actual |secret |mitto |twilio |cloudflare |turnstile |relay |site |otp |admin |sms |account |api |auth |access |private |public |super |very |long |random )*(api ?key|key|token|auth ?token|secret|password|account ?id|account ?sid|account|sid|id|credentials?|value|string|sender|sender ?id|number|name|brand|company)( ?(here|value|goes here))?$|^(your|my|our) (.* )?(key|token|secret|password|id|sid|value|string)( here)?$|^(dein|deine|ihr|ihre|votre|tu|su|il tuo) (api )?(key|schl[uü]ssel|token|clave|cl[eé]|chiave|secret|konto)( .*)?$/i;

const WORDS = new Set(
  (
    'example sample dummy fake placeholder default demo test testing foo bar baz foobar lorem ipsum secret password ' +
    'passwort passw0rd pass key token apikey credentials value string text redacted hidden masked removed unknown changeit ' +
    'changeme replaceme fillme asdf asdfasdf qwerty qwertz qwertyuiop abc abc123 abcdef abcdefgh abcdefghij 123 1234 12345 ' +
    '123456 1234567 12345678 123456789 1234567890 0123456789 12341234 letmein admin root user'
  ).split(' '),
);

const ELLIPSIS = /…|^\.{2,}|\.{3,}$/;

/** @param name of the setting, which is no value of it */
export function isPlaceholder(value: string, name = ''): boolean {
  const text = plain(value);
  // Two quotes with nothing in them.
  if (text === '') return value.trim() !== '';
  if (isMarked(text) || ELLIPSIS.test(value)) return true;
  const words = text.replace(/[\s_.:-]+/g, ' ').trim();
  return (
    isOneCharacter(text) ||
    WORDS.has(words.toLowerCase()) ||
    INSTRUCTION.test(words) ||
    (name !== '' && words.toLowerCase() === name.toLowerCase().replaceAll('_', ' '))
  );
}

/** What the visitor reads as the sender may be any word; marks and instructions are none. */
export function isPlaceholderSender(value: string): boolean {
  const text = plain(value);
  const words = text.replace(/[\s_.:-]+/g, ' ').trim();
  return (
    isMarked(text) ||
    ELLIPSIS.test(value) ||
    /^(\p{L})\1{2,}$/iu.test(text) ||
    /^your ?(brand|name|company|shop|app|sender|sender ?id|number)$|^my ?(brand|sender|sender ?id)$|^(sender|sender ?id|placeholder)$|^(change|replace) ?me$|^to ?do$/i.test(
      words,
    )
  );
}

/** A host name from instructions: `your-domain.com`, `otp.NAME.workers.dev`. */
export function isPlaceholderUrl(value: string): boolean {
  const host = URL.canParse(value) ? new URL(value).hostname : value.toLowerCase();
  const labels = host.split('.');
  return (
    /[<>{}$%…]|\.\./.test(host) ||
    labels.some((label) =>
      /^your-?(own-?)?(domain|site|website|host|hostname|company|worker|account|subdomain|origin|url)(-?name)?$|^my-?domain(-?name)?$|^your-?(name|app|relay|shop|server|brand|project|org)$|^your-.*-(domain|host|site|here)$|^(change|replace)-?me$|^(placeholder|undefined|null|xxx+|domainname)$/.test(
        label,
      ),
    ) ||
    host === 'todo' ||
    /(^|\.)(domain|host|site)\.(com|tld)$|\.tld$/.test(host) ||
    /(^|\.)(name|account|subdomain|user|username)\.workers\.dev$/.test(host)
  );
}

/** Of a secret that is made here: typed, counted up, or one piece again and again. */
export function isGuessable(secret: string): boolean {
  const characters = [...secret];
  if (new Set(characters).size < 5) return true;
  for (let period = 1; period <= characters.length / 2; period += 1)
    if (characters.every((one, at) => at < period || one === characters[at - period])) return true;
  const codes = characters.map((one) => one.codePointAt(0) ?? 0);
  const steps = codes.filter((code, at) => at > 0 && code - (codes[at - 1] ?? 0) === 1).length;
  return steps > characters.length * 0.7;
}

function plain(value: string): string {
  const text = value.normalize('NFKC').replace(INVISIBLE, '').trim();
  return /^(["'`“”„‘’]).*["'`“”„‘’]$/u.test(text) ? text.slice(1, -1).trim() : text;
}

function isMarked(text: string): boolean {
  return IN_MARKS.test(text) || NO_VALUE.test(text) || !/[\p{L}\p{N}]/u.test(text);
}

/** `xxxx`, `0000-0000`, `ACxxxx`: the prefix of an id is no part of what is drawn. */
function isOneCharacter(text: string): boolean {
  const drawn = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return /^(.)\1*$/u.test(drawn) || /^(ac|sk|mg)(x{3,}|0{9,})$/.test(drawn);
}
