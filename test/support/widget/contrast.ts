/** Contrast of colours as they come out on the screen: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

/** The colours, each as CSS says it, painted one over the other. */
function paint(...layers: string[]): [red: number, green: number, blue: number] {
  if (!canvas) throw new Error('This browser paints nothing');
  canvas.fillStyle = '#fff';
  canvas.fillRect(0, 0, 1, 1);
  for (const layer of layers) {
    canvas.fillStyle = layer;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function luminance(...layers: string[]): number {
  const [red, green, blue] = paint(...layers).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Of a colour on a ground, which may itself be painted over others. */
export function contrast(colour: string, ...ground: string[]): number {
  const [one, other] = [luminance(...ground, colour), luminance(...ground)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
