import type { Text } from './text.ts';

/** A text in both languages; one argument is a text that is the same in both, such as a number. */
export const text = (vi: string, en = vi): Text => ({ vi, en });

const formats = { vi: new Intl.NumberFormat('vi'), en: new Intl.NumberFormat('en-US') };

/** A number as each language writes it, with at most three decimals. */
export const numberText = (value: number): Text => ({
  vi: formats.vi.format(value),
  en: formats.en.format(value),
});

/** A text whose `{0}`, `{1}`, … are the values; a number is written as the language writes it. */
export function textWith(vi: string, en: string, ...values: readonly (number | Text)[]): Text {
  const texts = values.map((value) => (typeof value === 'number' ? numberText(value) : value));
  const fill = (template: string, lang: keyof Text) =>
    template.replaceAll(/\{(\d)\}/g, (whole, index) => texts[Number(index)]?.[lang] ?? whole);
  return { vi: fill(vi, 'vi'), en: fill(en, 'en') };
}

/** Memory in MiB, or in GiB where that is whole. */
export function memoryText(mib: number): Text {
  return mib >= 1024 && mib % 1024 === 0
    ? textWith('{0} GiB', '{0} GiB', mib / 1024)
    : textWith('{0} MiB', '{0} MiB', mib);
}
