/**
 * The popover API is younger than the oldest browsers that are served (Safari 17, Firefox 125, Chromium 114). Without
 * it a popup is not above everything else on the page, and lies where its nearest containing block puts it.
 */
export function isPopoverKnown(): boolean {
  return 'showPopover' in HTMLElement.prototype;
}

/** Above the page, as far as its stacking contexts allow. */
const ON_TOP = '2147483647';

export function showPopup(popup: HTMLElement): void {
  if (isPopoverKnown()) {
    popup.showPopover();
    return;
  }
  const { style } = popup;
  style.position = 'fixed';
  style.zIndex = ON_TOP;
  style.display = 'flex';
  style.flexDirection = 'column';
  popup.hidden = false;
}

export function hidePopup(popup: HTMLElement): void {
  if (!isPopoverKnown()) {
    popup.style.display = '';
    popup.hidden = true;
  } else if (popup.matches(':popover-open')) popup.hidePopover();
}

/**
 * Moves a popup to where it was meant to lie. `position: fixed` counts from the window only where no ancestor is
 * transformed or contained, and the element itself is a container.
 *
 * @param left of the popup, in pixels of the window
 * @param top the same
 */
export function correctPlace(popup: HTMLElement, left: number, top: number): void {
  if (isPopoverKnown()) return;
  const { style } = popup;
  style.bottom = 'auto';
  style.left = '0';
  style.top = '0';
  const origin = popup.getBoundingClientRect();
  style.left = `${left - origin.left}px`;
  style.top = `${top - origin.top}px`;
}
