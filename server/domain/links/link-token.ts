import { createHmac, timingSafeEqual } from 'node:crypto'
import type { LinkPurpose } from '../../contract/vocabulary.ts'

/** Secrets for links in mail: the first signs, all verify, so that old mail survives a change of secret. */
export type LinkKeys = readonly string[]

export interface LinkTarget {
  /** The row that the link acts on. */
  readonly id: number
  readonly version: number
}

// The first 16 bytes. As text, since a digest that is given as bytes takes twice as long, several times a mail.
const macLetters = 22

const macOf = (key: string, purpose: LinkPurpose, { id, version }: LinkTarget): Buffer =>
  Buffer.from(createHmac('sha256', key).update(`link/${purpose}/${id}/${version}`).digest('base64url').slice(0, macLetters), 'base64url')

/**
 * The token of a link: the row it acts on and a 128-bit keyed hash of purpose, row and version. The same link always
 * has the same token, and nothing stored can be turned into one (H2).
 */
export function signLink(keys: LinkKeys, purpose: LinkPurpose, target: LinkTarget): string {
  const key = keys[0]
  if (key === undefined) throw new Error('There is no key to sign links with.')
  return `${target.id.toString(36)}-${target.version.toString(36)}-${macOf(key, purpose, target).toString('base64url')}`
}

const tokenForm = /^([0-9a-z]{1,10})-([0-9a-z]{1,10})-([A-Za-z0-9_-]{22})$/

/** What a token acts on; undefined when it is not one of ours for this purpose. Compares in constant time. */
export function openLink(keys: LinkKeys, purpose: LinkPurpose, token: string): LinkTarget | undefined {
  const [, id, version, mac] = tokenForm.exec(token) ?? []
  if (id === undefined || version === undefined || mac === undefined) return undefined
  const target = { id: Number.parseInt(id, 36), version: Number.parseInt(version, 36) }
  const given = Buffer.from(mac, 'base64url')
  let isOurs = false
  for (const key of keys) isOurs = timingSafeEqual(given, macOf(key, purpose, target)) || isOurs
  // One spelling a token: other ways to write the same bits are not taken.
  return isOurs && given.toString('base64url') === mac && id === target.id.toString(36) && version === target.version.toString(36)
    ? target
    : undefined
}
