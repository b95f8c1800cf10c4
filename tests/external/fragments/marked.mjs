// What is highlighted, read off a picture of the window: the style of the pages paints a highlight, and the words
// in it, in a colour that nothing else has.
import { PNG } from "pngjs";

// Lines stand so far apart that the highlight of one does not touch the next, and the page begins far below what a
// window shows, so that what is seen was scrolled to.
export const paint = `
  html { background: #fff } body { padding: 3000px 20px !important; margin: 0 !important }
  body, body * { line-height: 34px !important; color: #000; letter-spacing: 0 }
  body { font: 16px DejaVu Sans, sans-serif !important }
  ::target-text { background-color: rgb(255, 0, 255); color: rgb(255, 0, 255) }`;

// How far a highlight may reach beyond the rectangle of its words: above and below, and at the sides.
const ABOVE = 9;
const BESIDE = 3;
// Which part of the middle line of a rectangle has to be painted.
const LEAST = 0.97;

// What is wrong with the picture; nothing where these rectangles are painted, and nothing else is but what stands
// between them.
export function marked(picture, rectangles, between) {
  const png = PNG.sync.read(picture);
  const painted = (x, y) => {
    const at = (y * png.width + x) * 4;
    return png.data[at] === 255 && png.data[at + 1] === 0 && png.data[at + 2] === 255;
  };
  for (const [left, top, right, bottom] of rectangles) {
    if (top < 0 || bottom > png.height) return `the words are outside of the window (${top} to ${bottom})`;
    const y = Math.floor((top + bottom) / 2);
    const [from, to] = [Math.ceil(left) + 1, Math.floor(right) - 1];
    let count = 0;
    for (let x = from; x < to; x += 1) count += painted(x, y);
    if (to - from > 2 && count < LEAST * (to - from)) return `of a line at ${y}, ${count} of ${to - from} points are highlighted`;
  }
  const within = (x, y) => [...rectangles, ...between].some(([left, top, right, bottom]) =>
    x >= left - BESIDE && x <= right + BESIDE && y >= top - ABOVE && y <= bottom + ABOVE);
  for (let y = 0; y < png.height; y += 1) {
    for (let x = 0; x < png.width; x += 1) {
      if (painted(x, y) && !within(x, y)) return `more is highlighted: the point ${x}, ${y}`;
    }
  }
  return null;
}
