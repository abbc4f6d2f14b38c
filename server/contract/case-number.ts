/**
 * The form of a case number or of a typed search in which case, spaces, hyphens and other marks do not count (A1):
 * `26ba-cr 01482` and `26BA-CR01482` give `26BACR01482`. May be empty.
 */
export const caseNumberKey = (typed: string): string =>
  typed.normalize('NFKD').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * The words of a name or caption by which it is found (A2): no diacritics, lower case, no marks, each once, in order.
 * An apostrophe joins (`O'Donnell` is `odonnell`), every other mark parts.
 */
export function nameWords(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’`]/g, '')
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))]
}
