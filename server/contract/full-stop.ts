/** Words as a sentence: what ends in `p.m.` has its full stop already. */
export const fullStop = (words: string): string => (words.endsWith('.') ? words : `${words}.`)
