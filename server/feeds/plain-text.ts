import { Parser } from 'htmlparser2'

const elements = new Set((
  'a abbr acronym address area article aside b base basefont bdi bdo big blink blockquote body br button caption center cite code col '
  + 'colgroup dd del details dfn dir div dl dt em fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head '
  + 'header hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta nav nobr noscript object ol optgroup '
  + 'option p param pre q s samp script section select small span strike strong style sub summary sup table tbody td textarea tfoot th '
  + 'thead time title tr tt u ul var wbr'
).split(' '))
const lineBreaking = new Set('blockquote br center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul'.split(' '))
const cellEnds = new Set(['td', 'th'])
const notText = new Set(['script', 'style'])

/**
 * The text of a piece of HTML, entities decoded once: breaks and paragraphs become line feeds, other space single spaces,
 * and no control character is left (H3). What looks like a tag but is no HTML element (`<sealed>`) is text and stays.
 */
export function plainText(fragment: string): string {
  const html = keepOpenEnd(fragment)
  let text = ''
  let silentDepth = 0
  const parser = new Parser({
    ontext: (piece) => {
      if (silentDepth === 0) text += piece.replace(/[\r\n]/g, ' ')
    },
    onopentag: (name) => {
      if (!elements.has(name)) text += html.slice(parser.startIndex, parser.endIndex + 1)
      else if (notText.has(name)) silentDepth += 1
      else if (lineBreaking.has(name)) text += '\n'
    },
    onclosetag: (name, isImplied) => {
      if (!elements.has(name)) text += isImplied ? '' : html.slice(parser.startIndex, parser.endIndex + 1)
      else if (notText.has(name)) silentDepth -= 1
      else if (cellEnds.has(name)) text += ' '
      else if (lineBreaking.has(name) && name !== 'br') text += '\n'
    },
  })
  parser.end(html)
  return tidySpace(text)
}

/** Text in which only entities are HTML, as in a feed's titles: decoded once, what stands in angle brackets kept. */
export const decodeEntities = (text: string): string => plainText(text.replaceAll('<', '&lt;'))

/** An unfinished tag at the end would be lost with its text; one that is no element's is text. */
function keepOpenEnd(html: string): string {
  const at = html.lastIndexOf('<')
  if (at <= html.lastIndexOf('>')) return html
  const name = /^<\/?([a-z][a-z0-9]*)/i.exec(html.slice(at))?.[1]
  return name !== undefined && elements.has(name.toLowerCase()) ? html : `${html.slice(0, at)}&lt;${html.slice(at + 1)}`
}

const tidySpace = (text: string): string =>
  text.replace(/[^\S\n]+/g, ' ').replace(/[^\P{Cc}\n]/gu, '').replace(/ *\n */g, '\n').replace(/\n{3,}/g, '\n\n').trim()
