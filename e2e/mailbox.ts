import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { origin } from './origin.ts'
import { expect } from './test.ts'

const message = z.object({
  id: z.number(), channel: z.enum(['email', 'text']), from: z.string(), to: z.string(), subject: z.string(), html: z.string(), text: z.string(),
  headers: z.record(z.string(), z.string()), arrivedAt: z.string(),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), content: z.string() })),
})
export type Mail = z.infer<typeof message>

/** An e-mail address that no other test has. */
export const newAddress = (name = 'reader'): string => `${name}.${randomUUID().slice(0, 13)}@mail.example`

/** All that reached an address, newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${origin()}/api/mailbox`)
  return z.array(message).parse(await response.json()).filter((one) => one.to === address)
}

/** The newest mail to the address with that subject, once it is there. */
export async function mailTo(address: string, subject: string | RegExp): Promise<Mail> {
  let found: Mail | undefined
  await expect.poll(async () => {
    const mails = await mailsTo(address)
    found = mails.find((one) => (typeof subject === 'string' ? one.subject === subject : subject.test(one.subject)))
    return found?.subject ?? mails.map((one) => one.subject)
  }, { message: `a mail to ${address}`, intervals: [100, 250] }).toEqual(typeof subject === 'string' ? subject : expect.stringMatching(subject))
  if (!found) throw new Error('It was there a moment ago.')
  return found
}

const inHtml = /href="(https?:[^"]+)"/g
const inText = /^https?:\S+$/gm

/** Every web address in a mail, which must be the same in both its parts (F12). */
export function linksIn({ html, text, headers }: Mail): string[] {
  const ofHtml = new Set([...html.matchAll(inHtml)].map(([, address = '']) => address.replaceAll('&amp;', '&')))
  const ofText = new Set(text.match(inText))
  for (const address of ofHtml) expect(ofText).toContain(address)
  const oneClick = headers['List-Unsubscribe']?.slice(1, -1)
  return [...ofText, ...(oneClick === undefined ? [] : [oneClick])]
}

/** The first link of a mail whose address holds this. */
export function linkIn(from: Mail, part: string): string {
  const found = linksIn(from).find((address) => address.includes(part))
  if (found === undefined) throw new Error(`No link with ${part} in “${from.subject}”.`)
  return found
}
