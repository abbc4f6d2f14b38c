const maxCharacters = 80
const minLeadLetters = 4

/** A word in capitals. `A` alone is none, since it begins a sentence as well. */
const capitalWord = /^[*(]*[A-Z][A-Z0-9'’./&*),:;-]+$/
const joiners = new Set(['-', '&', '**'])

/**
 * The short title of a docket text, in its own words: the leading words in capitals (`SEALED INDICTMENT`, `NOTICE OF
 * HEARING`) where they stand by themselves, else its beginning, up to 80 characters, with … where that is not all.
 */
export function docketTitle(text: string): string {
  const line = text.slice(0, maxCharacters * 4).replace(/\s+/g, ' ').trim()
  const words = line.split(' ')
  const leadEnd = words.findIndex((word, at) => !capitalWord.test(word) && !(at > 0 && joiners.has(word)))
  const lead = (leadEnd === -1 ? words : words.slice(0, leadEnd)).join(' ')
  const next = leadEnd === -1 ? '' : words[leadEnd] ?? ''
  // "ARREST Warrant Returned": a capital right after the lead goes on with the title, unless punctuation ends it.
  const isWhole = /[:;.,-]$/.test(lead) || !/^[\p{Lu}*(]*\p{Lu}/u.test(next)
  const isTitle = isWhole && lead.replace(/[^A-Z]/g, '').length >= minLeadLetters
  return cutAtWord(isTitle ? lead.replace(/[\s,:;.-]+$/, '') : line)
}

function cutAtWord(line: string): string {
  if (line.length <= maxCharacters) return line
  const start = line.slice(0, maxCharacters)
  const space = start.lastIndexOf(' ')
  const cut = space > maxCharacters / 2 ? start.slice(0, space) : start.replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.replace(/[\s,:;.-]+$/, '')}…`
}
