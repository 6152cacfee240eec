import { css } from 'lit';

/**
 * The list that the country is chosen from. It lies over the page, so it needs a ground of its own, and letters that
 * are read on that ground, whatever the page's colour. It is dark where the page's text is light. It stands in the box
 * of the number and has no part in that one's errors.
 */
export const countryListStyles = css`
  .countries {
    --_ground: Canvas;
    --_line: color-mix(in srgb, currentColor 28%, transparent);

    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: min(var(--_radius), 1rem);
    background: var(--_ground);
    color: CanvasText;
    font: inherit;
    box-shadow:
      0 1px 2px rgb(0 0 0 / 12%),
      0 8px 28px rgb(0 0 0 / 20%);
  }

  @supports (color: oklch(from currentColor l c h)) {
    .countries {
      --_ground: oklch(from currentColor calc(1 - 0.8 * var(--_light)) 0 0);
      color: oklch(from currentColor calc(0.15 + 0.8 * var(--_light)) 0 0);
    }
  }

  @media (prefers-contrast: more) {
    .countries {
      --_line: currentColor;
    }
  }

  .countries:popover-open {
    display: flex;
    flex-direction: column;
  }

  .query {
    flex: none;
    inline-size: 100%;
    min-block-size: var(--_control);
    margin: 0;
    padding: 0 min(var(--_space) * 1.5, 12px);
    border: 0;
    border-block-end: 1px solid var(--_line);
    background: none;
    color: inherit;
    font: inherit;
    /* What may be looked for is in view where large text meets a narrow page. */
    font-size: max(1em, 16px);
    font-size: max(min(1em, 5.5cqi), 16px);
    outline: none;
    appearance: none;
  }

  .query:focus {
    border-block-end-color: currentColor;
    box-shadow: inset 0 -1px currentColor;
  }

  .query::placeholder {
    color: color-mix(in srgb, currentColor 74%, transparent);
    opacity: 1;
  }

  .list {
    flex: 0 1 auto;
    min-block-size: 0;
    padding: calc(var(--_space) / 2);
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  [role='option'] {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-block-size: max(2.5em, var(--_target));
    padding: calc(var(--_space) / 2) var(--_space);
    border-radius: min(var(--_radius) * 0.7, 0.7rem);
    cursor: pointer;
  }

  [role='option']:hover {
    background: color-mix(in srgb, currentColor 7%, transparent);
  }

  [role='option'].active {
    background: color-mix(in srgb, currentColor 10%, transparent);
    outline: 2px solid;
    outline-color: color-mix(in srgb, currentColor 62%, transparent);
    outline-offset: -2px;
  }

  .name {
    flex: 1;
    min-inline-size: 0;
    hyphens: auto;
    overflow-wrap: anywhere;
  }

  [aria-selected='true'] .name {
    font-weight: 600;
  }

  .prefix {
    flex: none;
    color: color-mix(in srgb, currentColor 78%, transparent);
    font-variant-numeric: tabular-nums;
  }

  /* In one column with those that no tick stands beside. */
  [aria-selected='false'] .code {
    margin-inline-end: calc(1em + var(--_space));
  }

  .tick {
    inline-size: 1em;
    block-size: 1em;
    stroke-width: 2.25;
  }

  .none {
    margin: 0;
    padding: calc(var(--_space) * 1.5);
  }

  .none:empty {
    padding: 0;
  }

  @media (forced-colors: active) {
    .query:focus {
      border-block-end-color: Highlight;
    }

    [role='option'].active {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .active .prefix {
      color: inherit;
    }
  }
`;
