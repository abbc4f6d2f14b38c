import { getRuntime } from '../../server/runtime-handle.ts'

/** The name of a cookie that over TLS no neighbouring host can plant (S16): a browser takes it from this host alone, for all of it. */
const ofThisHost = (name: string, isSecure: boolean): string => (isSecure ? `__Host-${name}` : name)

/** What a form or a button came to, for the next page. */
export const answerCookieName = (isSecure: boolean): string => ofThisHost('ttc_answer', isSecure)
/** The cases that somebody gathers to track together (G6). */
export const basketCookieName = (isSecure: boolean): string => ofThisHost('ttc_basket', isSecure)
/** What came of a list of case numbers, in pieces. Of a path of its own: no cookie of the whole host can be. */
export const listCookieNames = (isSecure: boolean): readonly string[] => ['ttc_list_1', 'ttc_list_2'].map((name) => (isSecure ? `__Secure-${name}` : name))

/** All that are set but the session's, as a browser has them here. */
export function readCookieNames(): { readonly answer: string; readonly basket: string; readonly lists: readonly string[] } {
  const { isSecure } = getRuntime()
  return { answer: answerCookieName(isSecure), basket: basketCookieName(isSecure), lists: listCookieNames(isSecure) }
}
