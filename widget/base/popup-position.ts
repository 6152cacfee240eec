/** Positions a popup: at its anchor, on the side with more space, fully visible. In page pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface PopupPosition {
  left: number;
  width: number;
  maxHeight: number;
  /** One of the two: a popup above its anchor grows upwards. */
  top: number | null;
  /** From the lower edge of the window. */
  bottom: number | null;
}

const GAP = 4;
/** Between the popup and the edge of what can be seen. */
const MARGIN = 8;
const MIN_WIDTH = 288;
const MAX_HEIGHT = 352;
/** Where people look for it is below; above is for when there it would be cramped. */
const ENOUGH = 256;
/** Room for the query and three or four countries. With less on both sides it lies over its anchor. */
const MIN_HEIGHT = 200;

/**
 * @param anchor what the popup belongs to
 * @param seen the part of the window that can be seen: less than the window when the page is pinched larger
 * @param height of the window
 * @param dir from which edge of the anchor a popup that is wider goes on
 */
export function positionPopup(
  anchor: Box,
  seen: Box,
  height: number,
  dir: 'ltr' | 'rtl',
): PopupPosition {
  const width = Math.min(Math.max(anchor.width, MIN_WIDTH), seen.width - 2 * MARGIN);
  const leftmost = seen.left + MARGIN;
  const rightmost = seen.left + seen.width - MARGIN - width;
  const wanted = dir === 'rtl' ? anchor.left + anchor.width - width : anchor.left;
  const left = Math.max(leftmost, Math.min(wanted, rightmost));

  const anchorEnd = anchor.top + anchor.height;
  const below = seen.top + seen.height - anchorEnd - GAP - MARGIN;
  const above = anchor.top - seen.top - GAP - MARGIN;
  const common = { left, width };
  if (Math.max(below, above) < MIN_HEIGHT)
    return {
      ...common,
      top: seen.top + MARGIN,
      bottom: null,
      maxHeight: Math.min(MAX_HEIGHT, seen.height - 2 * MARGIN),
    };
  if (below >= Math.min(ENOUGH, above))
    return {
      ...common,
      top: anchorEnd + GAP,
      bottom: null,
      maxHeight: Math.min(MAX_HEIGHT, below),
    };
  return {
    ...common,
    top: null,
    bottom: height - anchor.top + GAP,
    maxHeight: Math.min(MAX_HEIGHT, above),
  };
}
