import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

// Numbers of these kinds cannot get a text, or cost their holder money to get one.
const untexted = new Set(['PREMIUM_RATE', 'TOLL_FREE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL'])

/** A US phone number that can get texts, as `+1…`, from any usual spelling; undefined when it is none (B5). */
export function parsePhone(typed: string): string | undefined {
  const parsed = parsePhoneNumberFromString(typed, 'US')
  if (!parsed || parsed.ext || !/^\+1\d{10}$/.test(parsed.number)) return undefined
  // 573-555-0123 and its like are fictional, hence not "valid": the form of the number is what is asked for.
  if (!parsed.isPossible() || (parsed.country !== undefined && parsed.country !== 'US')) return undefined
  return untexted.has(parsed.getType() ?? '') ? undefined : parsed.number
}
