import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

// Numbers of these kinds cannot get a text, or cost their holder money to get one.
const untexted = new Set(['PREMIUM_RATE', 'TOLL_FREE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL', 'PERSONAL_NUMBER'])

// No exchange is named like a service: 911, 411. Calls to 976 cost what their holder likes.
const usForm = /^\+1\d{3}(?!\d11|976)\d{7}$/

/**
 * A US phone number that can get texts, as `+1…`, from any usual spelling; undefined when it is none (B5): another country's,
 * a toll-free or premium one, or one that cannot exist, such as 000-000-0000.
 */
export function parsePhone(typed: string): string | undefined {
  const parsed = parsePhoneNumberFromString(typed, 'US')
  if (!parsed || parsed.ext || !usForm.test(parsed.number)) return undefined
  if (!parsed.isValid() || parsed.country !== 'US') return undefined
  return untexted.has(parsed.getType() ?? '') ? undefined : parsed.number
}
