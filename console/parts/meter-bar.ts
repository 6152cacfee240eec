import { html, type TemplateResult } from 'lit';

export interface Meter {
  label: string;
  value: number;
  max: number;
  /** Read out in the place of the bare numbers. */
  text: string;
}

/** From where on it is worth a look, and from where on it is nearly too late. */
const WARN_AT = 0.7;
const ALARM_AT = 0.9;

export function levelOf(value: number, max: number): 'calm' | 'warn' | 'alarm' {
  const share = max > 0 ? value / max : 0;
  if (share >= ALARM_AT) return 'alarm';
  return share >= WARN_AT ? 'warn' : 'calm';
}

/** Its width is an attribute of the drawing: the page's policy takes no style from markup. */
export function meterBar({ label, value, max, text }: Meter): TemplateResult {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return html`<div
    class="meter ${levelOf(value, max)}"
    role="meter"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax=${max}
    aria-valuenow=${Math.min(value, max)}
    aria-valuetext=${text}
  >
    <svg aria-hidden="true" width="100%" height="100%">
      <rect class="meter-fill" width="${share * 100}%" height="100%" rx="5"></rect>
    </svg>
  </div>`;
}
