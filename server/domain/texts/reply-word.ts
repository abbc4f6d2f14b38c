import type { ReplyWord } from '../../contract/vocabulary.ts'

const words: Readonly<Record<ReplyWord, readonly string[]>> = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'],
  start: ['START', 'UNSTOP', 'YES'],
  help: ['HELP', 'INFO'],
}

/** What a reply asks for, whatever its case, spaces and marks: `Stop.`, `opt-out`, `STOP ALL`, `Stop texting me`. Undefined: anything else. */
export function replyWord(body: string): ReplyWord | undefined {
  const said = body.slice(0, 200).normalize('NFKC').toUpperCase().split(/[^\p{L}]+/u).filter((word) => word !== '')
  const all = said.join('')
  for (const word of ['stop', 'start', 'help'] as const) if (words[word].includes(all)) return word
  // Whoever begins so wants no more texts, whatever else is said.
  return said[0] === 'STOP' || said[0] === 'UNSUBSCRIBE' ? 'stop' : undefined
}
