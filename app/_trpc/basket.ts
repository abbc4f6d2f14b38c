import { cookies } from 'next/headers'
import { createHash } from 'node:crypto'
import { mostInBasket, type CaseLine } from '../../server/contract/several-view.ts'
import { getRuntime } from '../../server/runtime-handle.ts'
import { basketCookieName } from './cookie-names.ts'

// The cases that somebody gathered from search results to track together (G6): public case numbers and courts in a cookie that
// only we read. It belongs to one account: on a machine that several people use nobody sees another's.

const livesSeconds = 86_400
/** A browser drops a cookie of more than 4096 bytes. */
const mostCharacters = 3_600

export interface BasketCase extends CaseLine {
  readonly court: string
}

const ownerOf = (emailAddress: string): string => createHash('sha256').update(`basket/${emailAddress}`).digest('base64url').slice(0, 12)
const written = (basket: readonly BasketCase[], emailAddress: string): string =>
  Buffer.from(JSON.stringify([ownerOf(emailAddress), ...basket.map(({ number, court }) => [number, court])])).toString('base64url')

/** What is in the basket of an account; none where the cookie is another's or cannot be read. */
export async function readBasket(emailAddress: string): Promise<BasketCase[]> {
  const value = (await cookies()).get(basketCookieName(getRuntime().isSecure))?.value
  if (value === undefined) return []
  try {
    const kept: unknown = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
    if (!Array.isArray(kept) || kept[0] !== ownerOf(emailAddress)) return []
    return kept.slice(1, mostInBasket + 1).flatMap(basketCase)
  } catch {
    return []
  }
}

/** A case as a checkbox or the cookie says it; nothing for what is none. */
export function basketCase(pair: unknown): BasketCase[] {
  if (!Array.isArray(pair)) return []
  const [number, court] = pair as readonly unknown[]
  return typeof number === 'string' && typeof court === 'string' && number.length <= 200 && court.length <= 200 ? [{ number, court }] : []
}

/** The basket with these put in that are not in it and find room. */
export function putIntoBasket(basket: readonly BasketCase[], more: readonly BasketCase[], emailAddress: string): BasketCase[] {
  const filled = [...basket]
  for (const one of more) {
    const isIn = filled.some(({ number, court }) => number === one.number && court === one.court)
    if (!isIn && filled.length < mostInBasket && written([...filled, one], emailAddress).length <= mostCharacters) filled.push(one)
  }
  return filled
}

/** The header that keeps a basket; an empty one is forgotten. */
export const basketCookie = (basket: readonly BasketCase[], emailAddress: string, isSecure: boolean): string =>
  `${basketCookieName(isSecure)}=${basket.length === 0 ? '' : written(basket, emailAddress)}; Path=/; Max-Age=${basket.length === 0 ? 0 : livesSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
