import type { FrameProps } from './frame.tsx'
import { helpHours, linksBeginWith, stopChoices } from './phrases.ts'

// The pieces of the plain-text twins. A block is lines; blocks stand apart by an empty line. Every address of ours has a
// line to itself.

/** A plain-text mail from its blocks, those that are null or empty left out. Ends with a line feed. */
export function textMail(blocks: readonly (string | null)[]): string {
  return `${blocks.filter(block => block !== null && block !== '').join('\n\n')}\n`
}

export function linkBlock(label: string, url: string): string {
  return `${label}:\n${url}`
}

/** What others wrote, set in from the margin, so that it cannot pass for a heading or a link of ours. */
export function setIn(text: string): string {
  return text.split('\n').map(line => (line === '' ? '' : `  ${line}`)).join('\n')
}

export function stopBlock(heading: string, stopUrl: string, stopTextUrl: string): string {
  return `${heading}\n${linkBlock(stopChoices.emailAndText, stopUrl)}\n${linkBlock(stopChoices.textOnly, stopTextUrl)}`
}

/** Help desk, the line that this is not official notice, and where the mail comes from. */
export function footBlocks({ serviceName, origin, helpDesk, notOfficial }: FrameProps): readonly string[] {
  return [
    `${helpDesk.name}\n${helpDesk.email}\n${helpDesk.phone}\n${helpHours(helpDesk.hours)}`,
    notOfficial,
    linkBlock(linksBeginWith(serviceName), origin),
  ]
}
