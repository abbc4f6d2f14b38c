import { accountWords } from './_parts/account-phrases.ts'
import { footBlocks, linkBlock, textMail } from './_parts/text-blocks.ts'
import type { AccountProps } from './account.tsx'

/** F12: what `AccountEmail` says, in plain text. */
export function accountText(props: AccountProps): string {
  const { heading, sentences, action } = accountWords(props)
  return textMail([
    props.serviceName,
    heading,
    ...sentences,
    linkBlock(action, props.actionUrl),
    ...footBlocks(props),
  ])
}
