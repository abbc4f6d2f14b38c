import type { Dice } from '../../domain/demo/dice.ts'

/** Texts that break what does not expect them: controls, halves of characters, marks that turn writing, names of objects, other languages' quotes. */
export const badStrings: readonly string[] = [
  '', ' ', '\0', 'a\0b', '\r\nBcc: all@example.com', '\ud800', 'x\udfff', '\u202egpj', '\u2066\u200f', '\ufeff', '__proto__', 'constructor', 'undefined', 'null', 'NaN', '-1', '1e309', '0x10',
  "' or 1=1 --", '"; drop table cases; --', '%', '_', '\\', '%00', '%ff', '../../etc/passwd', '<script>alert(1)</script>', '=1+1', '${7*7}', '{{7*7}}', 'é'.repeat(300), '𝒜', '2026-02-30', '9999-99-99', '+275760-09-13',
  'a@b', 'a@b.example\nBcc: c@d.example', `${'a'.repeat(64)}@${'b'.repeat(180)}.example`, '(((((((((((((((((((((((((((((', 'a'.repeat(500), '٣', '２６BA', '1-1-AAAAAAAAAAAAAAAAAAAAAA', '99999999999999999999-1-AAAAAAAAAAAAAAAAAAAAAA',
]

const deep = (levels: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value]
  return value
}

/** Something that belongs in no input: of another type, too large, too deep, or an object that hides its own ways. */
export const badValue = (dice: Dice): unknown => dice.pick<() => unknown>([
  () => null, () => undefined, () => true, () => 0, () => -1, () => 1.5, () => NaN, () => Infinity, () => 2 ** 53, () => 1e308, () => 10n ** 40n, () => new Date(NaN), () => new Date(8.64e15),
  () => [], () => ({}), () => [[]], () => new Set([1]), () => new Map([['a', 1]]), () => /a/, () => dice.pick(badStrings), () => dice.pick(badStrings), () => 'x'.repeat(dice.between(1, 60_000)),
  () => deep(dice.between(2, 400)), () => Array.from({ length: dice.between(1, 3_000) }, (_, nth) => nth),
  () => ({ toString: 1, valueOf: 2, length: -1 }),
])()
