import type { ReactElement } from 'react'
import { Link } from 'react-email'
import { colour } from './palette.ts'

/** An underlined link in running text. Its address is one of ours, given to the template; never a piece of docket text. */
export function TextLink({ href, children }: { readonly href: string; readonly children: string }): ReactElement {
  return <Link href={href} style={{ color: colour.link, textDecorationLine: 'underline', display: 'inline-block' }}>{children}</Link>
}
