import { accountAddressInvalid, accountWithoutAddress } from '../../contract/wording.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Account } from './find-account.ts'

/** D4, D5: what keeps an account from tracking; null where its address takes mail. */
export function whyUnmailable({ kind, isMailable }: Pick<Account, 'kind' | 'isMailable'>, { helpDesk }: Pick<CourtProfile, 'helpDesk'>): string | null {
  if (isMailable) return null
  return kind === 'registered' ? accountAddressInvalid : accountWithoutAddress(helpDesk)
}
