import { createHash } from 'node:crypto'
import { consents, consentWords } from '../../../db/schema.ts'
import type { ConsentAct } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'

/** From where something was said, and in which words where they are not those of its own page (H6). */
export interface Manner {
  /** The client address, hashed; null where it came by command or in a reply. */
  readonly from?: string | null
  readonly words?: string
}

export interface Consent {
  readonly act: ConsentAct
  readonly subscriberId: number
  /** Null for what is about no one case. */
  readonly caseId: number | null
  /** Null for what is about e-mail only. */
  readonly phoneId: number | null
  /** The address that did it, where that of its subscriber is another by now. */
  readonly formerEmailKey?: string | null
}

const rowsAtOnce = 500

/** Keeps who asked, confirmed or stopped, now, from where and in which words (H6). Words are kept once, by their hash. */
export async function putConsents({ tx, now }: Work, all: readonly Consent[], { words, from = null }: Manner & { readonly words: string }): Promise<void> {
  if (all.length === 0) return
  const wordsHash = createHash('sha256').update(words).digest('base64url')
  await tx.insert(consentWords).values({ hash: wordsHash, words, firstUsedAt: now }).onConflictDoNothing({ target: consentWords.hash })
  for (let at = 0; at < all.length; at += rowsAtOnce) {
    await tx.insert(consents).values(all.slice(at, at + rowsAtOnce).map((consent) => ({ ...consent, wordsHash, fromHash: from, at: now })))
  }
}
