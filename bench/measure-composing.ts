import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { render, toPlainText } from 'react-email'
import { noticeText } from '../emails/notice-text.ts'
import { NoticeEmail, type NoticeProps } from '../emails/notice.tsx'
import { createComposer } from '../server/delivery/compose.tsx'
import { signLink } from '../server/domain/links/link-token.ts'
import { leaseBatch } from '../server/domain/outbox/lease-messages.ts'
import type { LeasedBatch, LeasedMessage } from '../server/domain/outbox/leased-batch.ts'
import type { NoticeContent } from '../server/domain/outbox/message-content.ts'
import { runEvening } from '../server/evening/run-evening.ts'
import { writeOut } from '../server/ports.ts'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, spreadOf, timed, type Figure } from './figures.ts'
import { linkKeys, openWorkplace, site } from './our-evening.ts'
import { eveningDay } from './put-evening.ts'

const batchesLeased = 60
const renderedTheUsualWay = 150

/** Whether what we send is the template itself, and how fast it is made beside rendering every mail by itself. */
export async function measureComposing(template: Template, { rounds, say }: { rounds: number; say: (line: string) => void }): Promise<Figure[]> {
  const batches = await withCopy(template, leaseSome)
  const mails = batches.flatMap((batch) => batch.messages.map((message) => ({ message, props: propsOf(batch, message) })))
  const contents = new Set(batches.flatMap((batch) => [...batch.contents.keys()])).size

  const equal = countEqual(batches)
  say(`  ${grouped(equal)} of ${grouped(mails.length)} mails are the template's own bytes`)

  const ours: number[] = []
  const usual: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const some = Array.from({ length: renderedTheUsualWay }, (_, index) => mails[(index * 37 + round) % mails.length])
    for (const way of round % 2 === 0 ? ['ours', 'usual'] as const : ['usual', 'ours'] as const) {
      const ms = await timed(way === 'ours' ? () => {
        // A new one each time: it keeps what it has rendered.
        const compose = createComposer(linkKeys)
        for (const batch of batches) for (const { mail } of compose(batch).composed) writeOut(mail)
      } : async () => {
        for (const mail of some) if (mail) toPlainText(await render(createElement(NoticeEmail, mail.props)))
      })
      if (round === 0) continue
      if (way === 'ours') ours.push(mails.length / ms * 1000)
      else usual.push(renderedTheUsualWay / ms * 1000)
    }
  }
  const faster = ours.map((rate, index) => rate / (usual[index] ?? Number.NaN))
  say(`  composed ${grouped(median(ours))} mails a second; React Email's render ${grouped(median(usual))}`)
  return [
    {
      goal: 'P2',
      what: 'HTML and text put together for a recipient, byte for byte the template rendered with that recipient’s links',
      limit: 'all of ≥ 1,000',
      figure: `${grouped(equal)} of ${grouped(mails.length)}`,
      reference: 'the same templates, rendered directly',
      spread: `${grouped(contents)} different cases`,
      isMet: equal === mails.length && equal >= 1000,
    },
    {
      goal: 'P2',
      what: `mails composed a second, text and headers included, ${(mails.length / contents).toFixed(1)} recipients a case`,
      limit: '≥ 20 ×',
      figure: `${median(faster).toFixed(0)} ×`,
      reference: `React Email's render, HTML and text of every mail: ${grouped(median(usual))} a second against ${grouped(median(ours))}`,
      spread: spreadOf(faster, 0, 'pairs'),
      isMet: median(faster) >= 20,
    },
  ]
}

async function leaseSome(file: string): Promise<LeasedBatch[]> {
  const workplace = openWorkplace(`file:${file}`)
  try {
    await runEvening(workplace, site, { day: eveningDay, mayBeFuture: false })
    const batches: LeasedBatch[] = []
    while (batches.length < batchesLeased) {
      const { batch } = await workplace.inOneTransaction((work) => leaseBatch(work, { channel: 'email', profile: site.profile, worker: 'bench', limit: 100, seconds: 600, remembersForMs: 86_400_000 }))
      if (!batch) break
      batches.push(batch)
    }
    return batches
  } finally {
    await workplace.close()
  }
}

/** What the template is given when it is rendered for one recipient alone. */
function propsOf(batch: LeasedBatch, { contentId, subscriptionId, linkVersion, subscriberId }: LeasedMessage): NoticeProps {
  // Frozen by the evening that was just held.
  const content = JSON.parse(batch.contents.get(contentId) ?? '') as NoticeContent
  const stop = `${content.origin}/stop/${signLink(linkKeys, 'stop', { id: subscriptionId ?? 0, version: linkVersion ?? 0 })}`
  const all = `${content.origin}/stop-all/${signLink(linkKeys, 'stopAll', { id: subscriberId ?? 0, version: 1 })}`
  return {
    ...content,
    stopUrl: `${stop}?choice=emailAndText`, stopTextUrl: `${stop}?choice=textOnly`,
    stopAllUrl: `${all}?choice=emailAndText`, stopAllTextUrl: `${all}?choice=textOnly`,
  }
}

function countEqual(batches: readonly LeasedBatch[]): number {
  const compose = createComposer(linkKeys)
  let equal = 0
  for (const batch of batches) {
    for (const { message, mail } of compose(batch).composed) {
      const props = propsOf(batch, message)
      const html = `<!DOCTYPE html>${renderToStaticMarkup(createElement(NoticeEmail, props))}`
      if (String(mail.html) === html && String(mail.text) === noticeText(props)) equal++
    }
  }
  return equal
}
