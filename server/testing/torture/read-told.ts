/** What a mail says of one case. */
export interface CaseTold {
  /** Of the entries that it shows, as they were fed, in its order. */
  readonly words: string[]
  /** How many it says were missed in a pause. */
  missed: number
}

// What a list of mails shows says the beginning once more.
const preview = /<div[^>]*data-skip-in-text.*?<\/div>/s
const sayings = /26BA-CV\d{5}|Text was “[^”]*”|word\d+q|While your notices were paused, .*? (?:on|from) /g

/** What the HTML or the text of a notice says, by case number, of entries that each have a text like `word12q`. What a correction replaced is not told again. */
export function readTold(body: string): Map<string, CaseTold> {
  const cases = new Map<string, CaseTold>()
  let told: CaseTold = { words: [], missed: 0 }
  for (const [said] of body.replace(preview, '').matchAll(sayings)) {
    if (said.startsWith('26BA')) cases.set(said, told = cases.get(said) ?? { words: [], missed: 0 })
    else if (said.startsWith('word')) told.words.push(said)
    else if (said.startsWith('While')) told.missed += (said.match(/\d+/g) ?? []).reduce((all, count) => all + Number(count), 0)
  }
  return cases
}
