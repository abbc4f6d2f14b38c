import type { CSSProperties } from 'react'

// The tokens of the look that mail uses. Each pair of text and ground has at least 4.5:1.

export const colour = {
  ground: '#f6f8fa',
  sheet: '#ffffff',
  wash: '#e9eef3',
  ink: '#14181d',
  ink2: '#434c56',
  ink3: '#5a6571',
  rule: '#d3dbe3',
  navy: '#17365d',
  navySoft: '#d7e2ef',
  link: '#1a5599',
  red: '#9b2c1f',
  redGround: '#fbeeea',
  amber: '#7a4f00',
  amberGround: '#fdf3dc',
  highlighter: '#ffd54a',
} as const

export const sans = 'Public Sans,-apple-system,Segoe UI,Helvetica,Arial,sans-serif'

/** Running text, 17 px on 26. */
export const body: CSSProperties = { fontSize: 17, lineHeight: '26px' }

/** The foot and other small print, 15 px on 24: two links above each other stay far enough apart for a thumb. */
export const fine: CSSProperties = { fontSize: 15, lineHeight: '24px' }

/**
 * What a mail program that knows dark mode or narrow screens puts over the inline styles. One that does not shows the
 * light sheet, complete. Classes: page, sheet, box (a hearing), foot, soft (secondary text), act and alt (filled and outlined button), gap (side padding).
 */
export const sheetRules = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (max-width:480px){.gap{padding-left:18px!important;padding-right:18px!important}}',
  '@media (prefers-color-scheme:dark){',
  '.page,.page td{background:#101418!important}',
  '.page .sheet,.page .sheet td{background:#181d23!important;color:#eceae4!important}',
  '.page .sheet .box td{background:#17365d!important;color:#ffffff!important}',
  '.page .box a{color:#ffffff!important}',
  '.page .sheet{border-color:#434c56!important;border-top-color:#8fbdf0!important}',
  '.page .foot td{background:#101418!important;color:#b9bcc2!important}',
  '.page .soft{color:#b9bcc2!important}',
  '.page a{color:#8fbdf0!important}',
  '.page .act{background:#8fbdf0!important;border-color:#8fbdf0!important;color:#101418!important}',
  '.page .alt{border-color:#8fbdf0!important}',
  '.page hr{border-top-color:#434c56!important}',
  '}',
].join('')
