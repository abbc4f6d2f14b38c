import { randomBytes } from 'node:crypto'
import { renderToStaticMarkup } from 'react-dom/server'
import { plainLine } from '../../emails/_parts/plain.ts'
import { NoticeBody, NoticePreheader, NoticeSheet, type NoticeProps } from '../../emails/notice.tsx'
import { markup } from './mail-parts.ts'

// One for each court profile that ever wrote what waits, and for each address of the service.
const sheetsKept = 10

/**
 * The HTML of a notice, byte for byte that of `NoticeEmail`. What is around the words of a case takes React half of the time and is the same for
 * all whose frame and links are: it is rendered once, and each heading, preheader and body put in (P2).
 */
export function createNoticeMarkup(): (props: NoticeProps) => string {
  // Random, so that nothing that others wrote can pass for a place of ours.
  const mark = `${randomBytes(12).toString('hex')}-`
  const place = new RegExp(`${mark}([0-2])`)
  const sheets = new Map<string, readonly string[]>()

  function sheetOf({ serviceName, origin, helpDesk, notOfficial, stopUrl, stopTextUrl, stopAllUrl, stopAllTextUrl }: NoticeProps): readonly string[] {
    const props = { serviceName, origin, helpDesk, notOfficial, stopUrl, stopTextUrl, stopAllUrl, stopAllTextUrl }
    const key = JSON.stringify(props)
    let sheet = sheets.get(key)
    if (!sheet) {
      if (sheets.size >= sheetsKept) sheets.clear()
      sheet = markup(<NoticeSheet {...props} heading={`${mark}0`} preheader={`${mark}1`}>{`${mark}2`}</NoticeSheet>).split(place)
      sheets.set(key, sheet)
    }
    return sheet
  }

  return (props) => {
    const own = renderToStaticMarkup(<>{plainLine(props.heading)}{mark}<NoticePreheader {...props} />{mark}<NoticeBody {...props} /></>).split(mark)
    return sheetOf(props).map((piece, at) => (at % 2 === 0 ? piece : own[Number(piece)] ?? '')).join('')
  }
}
