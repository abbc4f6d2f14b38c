import { Fragment } from 'react'
import type { ReactElement } from 'react'

/** Text with its own line breaks kept, as `<br/>`: some mail programs ignore `white-space`. Give it what `plain` returned. */
export function Lines({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </>
  )
}
