/** Whether the texts of the flows say a code, and fit. */
import { MAX_CODE_SMS_CHARACTERS } from '../texts/otp-text.ts';
import { placeholdersOf } from '../texts/template.ts';
import type { TemplateSettings } from '../texts/template-schema.ts';
import { allFlows } from './flow.ts';
import { type PreviewConfig, previewMessages } from './preview-messages.ts';
import type { SettingProblem } from './setting-problem.ts';

const PLACEHOLDERS = ['code', 'minutes', 'site'];

export function validateTemplates(config: PreviewConfig): SettingProblem[] {
  const used = new Set(allFlows(config).flatMap(({ template }) => template ?? []));
  const problems = Object.entries(config.TEMPLATES).flatMap(([name, template]) =>
    textsOf(name, template).flatMap(({ setting, text }) =>
      (used.has(name) ? codeTextProblems(text) : commonProblems(text)).map((problem) => ({
        setting,
        problem,
      })),
    ),
  );
  // A text without a code is reported once, and not measured.
  if (problems.length > 0) return problems;
  const lengths = lengthProblems(config);
  return lengths.filter(
    ({ setting }, index) => lengths.findIndex((other) => other.setting === setting) === index,
  );
}

function textsOf(name: string, template: TemplateSettings): { setting: string; text: string }[] {
  return (['sms', 'voice'] as const).flatMap((channel) => {
    const texts = template[channel];
    const setting = `TEMPLATES.${name}.${channel}`;
    if (texts === undefined) return [];
    if (typeof texts === 'string') return [{ setting, text: texts }];
    return Object.entries(texts).map(([language, text]) => ({
      setting: `${setting}.${language}`,
      text,
    }));
  });
}

function codeTextProblems(text: string): string[] {
  const names = placeholdersOf(text);
  const strangers = names.filter((name) => !PLACEHOLDERS.includes(name));
  return [
    ...(names.includes('code') ? [] : ['must contain {code}']),
    ...strangers.map((name) => `must not contain {${name}}: allowed are {code}, {minutes}, {site}`),
    ...commonProblems(text),
  ].slice(0, 1);
}

function commonProblems(text: string): string[] {
  // A line end is all that a phone shows of the control characters.
  return /[\p{Cc}\u2028\u2029]/u.test(text.replaceAll('\n', ''))
    ? ['must not contain control characters']
    : [];
}

function lengthProblems(config: PreviewConfig): SettingProblem[] {
  return previewMessages(config).flatMap(({ flow, channel, language, text }) => {
    if (channel !== 'sms' || text.length <= MAX_CODE_SMS_CHARACTERS) return [];
    const template = allFlows(config).find(({ name }) => (name ?? 'default') === flow)?.template;
    const own = template === undefined ? undefined : config.TEMPLATES[template]?.sms;
    const length = `${text.length} characters with the longest of ALLOWED_ORIGINS`;
    if (own === undefined)
      return [
        {
          setting: 'ALLOWED_ORIGINS',
          problem: `must not have such a long host: an SMS has ${length}, at most ${MAX_CODE_SMS_CHARACTERS} are allowed. Shorten the text, or set AUTOFILL_LINE = false`,
        },
      ];
    return [
      {
        setting: `TEMPLATES.${template}.sms${typeof own === 'string' ? '' : `.${language}`}`,
        problem: `must be shorter: ${length}, of at most ${MAX_CODE_SMS_CHARACTERS}`,
      },
    ];
  });
}
