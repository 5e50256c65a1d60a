import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTITY_COLOURS } from './passage/marks.ts';

type Rgb = readonly [number, number, number];
type Theme = 'light' | 'dark';

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

function colour(name: string, theme: Theme): Rgb {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const hex = theme === 'light' ? found?.[1] : found?.[2];
  if (hex === undefined) throw new Error(`styles.css has no colour --${name}`);
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [one, other]
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** Machado, Oliveira & Fernandes 2009, severity 1.0, over linear RGB. */
const VISION: Record<string, readonly [Rgb, Rgb, Rgb]> = {
  typical: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const dot = (row: Rgb, [x, y, z]: Rgb): number => row[0] * x + row[1] * y + row[2] * z;
const through = (matrix: readonly [Rgb, Rgb, Rgb], rgb: Rgb): Rgb => {
  const seen = (row: Rgb): number => Math.min(1, Math.max(0, dot(row, rgb)));
  return [seen(matrix[0]), seen(matrix[1]), seen(matrix[2])];
};

/** Oklab (Ottosson 2020) of linear RGB; distances in it are near to perceived ones. */
function oklab(rgb: Rgb): Rgb {
  const l = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], rgb));
  const m = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], rgb));
  const s = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], rgb));
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], [l, m, s]),
    dot([1.9779984951, -2.428592205, 0.4505937099], [l, m, s]),
    dot([0.0259040371, 0.7827717662, -0.808675766], [l, m, s]),
  ];
}

const entities = Array.from({ length: ENTITY_COLOURS }, (_, index) => `entity-${index + 1}`);
const TEXT = ['ink', 'ink-soft', 'ink-ahead', 'accent', 'good', 'bad', ...entities];

describe.each<Theme>(['light', 'dark'])('the %s theme', (theme) => {
  it.each(TEXT)('lets %s be read on every paper', (name) => {
    for (const paper of ['paper', 'sheet', 'well', 'wash']) {
      if (name === 'ink-ahead' && (paper === 'wash' || paper === 'well')) continue;
      expect(contrast(colour(name, theme), colour(paper, theme)), `on ${paper}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('lets ink be read in the light of the lamp', () => {
    expect(contrast(colour('lamp-ink', theme), colour('lamp', theme))).toBeGreaterThanOrEqual(4.5);
  });

  it('draws the borders of controls so that they are seen', () => {
    for (const paper of ['paper', 'sheet']) {
      expect(contrast(colour('rule-strong', theme), colour(paper, theme))).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.entries(VISION))('keeps any two entities apart under %s vision', (_, matrix) => {
    const seen = entities.map((name) => oklab(through(matrix, colour(name, theme))));
    for (const [index, one] of seen.entries()) {
      for (const other of seen.slice(0, index)) {
        expect(Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])).toBeGreaterThan(0.06);
      }
    }
  });
});
