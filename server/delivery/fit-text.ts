import { SegmentedMessage } from 'sms-segments-calculator'
import { isGsm } from './gsm-letters.ts'

/** How a text travels: in 7-bit letters, or in twice their size where one of its characters needs it. */
export interface TextLength {
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** What carriers count and charge. */
  readonly segments: number
}

/** Counted as carriers count. */
export function textLength(text: string): TextLength {
  const { encodingName, segmentsCount } = new SegmentedMessage(text)
  return { encoding: encodingName, segments: segmentsCount }
}

// About as much to read either way: 459 letters, or 268 characters.
const mostSegments = { 'GSM-7': 3, 'UCS-2': 4 } as const
const unitsOfSegment = { 'GSM-7': 153, 'UCS-2': 67 } as const
/** No text API takes more. */
const mostCharacters = 1600

/**
 * `told` between `before` and `after`, cut so that all of it keeps within 3 segments of GSM or 4 of UCS-2. Of what stands
 * around it nothing is ever cut. Throws where even that is more than a text can hold.
 */
export function fitText(before: string, told: string, after: string): string {
  const whole = before + told + after
  if (fits(whole)) return whole
  const characters = Array.from(told)
  const upTo = (count: number): string => before + cutAt(characters, count) + after
  let kept = mostThatMayFit(before, characters, after)
  while (kept > 0 && !fits(upTo(kept))) kept--
  const text = upTo(kept)
  if (text.length > mostCharacters) throw new Error(`It takes ${text.length} characters, more than ${mostCharacters}.`)
  return text
}

/** A character of two units is never in two segments, so each of them may hold one unit less. */
function fits(text: string): boolean {
  const encoding = encodingOf(text)
  const most = mostSegments[encoding] * unitsOfSegment[encoding]
  const units = unitsOf(text, encoding)
  // Counting in earnest takes a thousand times longer, and is needed at the edge only.
  if (units <= most - mostSegments[encoding]) return true
  return units <= most && textLength(text).segments <= mostSegments[encoding]
}

function mostThatMayFit(before: string, characters: readonly string[], after: string): number {
  const encoding = encodingOf(before + characters.join('') + after)
  let left = mostSegments[encoding] * unitsOfSegment[encoding] - unitsOf(`${before}...${after}`, encoding)
  const tooMany = characters.findIndex((character) => (left -= unitsOf(character, encoding)) < 0)
  return tooMany === -1 ? characters.length : tooMany
}

const encodingOf = (text: string): TextLength['encoding'] => (Array.from(text).every(isGsm) ? 'GSM-7' : 'UCS-2')

const unitsOf = (text: string, encoding: TextLength['encoding']): number =>
  text.length + (encoding === 'GSM-7' ? text.match(/[\f^{}\\[\]~|€]/g)?.length ?? 0 : 0)

/** Ends with a whole word, where there is one near. */
function cutAt(characters: readonly string[], count: number): string {
  const kept = characters.slice(0, count).join('')
  const lastSpace = kept.lastIndexOf(' ')
  return `${(lastSpace > 0 && lastSpace > kept.length - 25 ? kept.slice(0, lastSpace) : kept).trimEnd()}...`
}
