import { SectionTitle } from '../../_ui/page-title.tsx'
import { LinkedText } from './linked-text.tsx'

interface Mail {
  readonly id: number
  /** Empty where it has only plain text. */
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly { readonly filename: string; readonly contentType: string }[]
}

// Templates open their links in a new window, as mail programs do; here the story should go on in this one.
const inThisWindow = (html: string): string => `<base target="_top">${html.replaceAll(' target="_blank"', '')}`

/** An e-mail of the local mailbox: as a mail program shows it, its files, as plain text, and its headers. */
export function EmailMessage({ mail: { id, html, text, headers, attachments } }: { mail: Mail }) {
  return (
    <>
      {html === '' ? null : (
        <iframe
          title="The message as a mail program shows it" srcDoc={inThisWindow(html)}
          sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
          className="mb-8 block h-[75vh] min-h-96 w-full border border-rule bg-white"
        />
      )}
      {attachments.length === 0 ? null : (
        <section aria-labelledby="files" className="mb-8">
          <SectionTitle id="files">Attached</SectionTitle>
          <ul>
            {attachments.map(({ filename }, nth) => (
              <li key={nth}><a className="inline-flex min-h-11 items-center wrap-anywhere" href={`/api/mailbox/${id}/files/${nth}`} download={filename}>{filename}</a></li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="text" className="mb-8">
        <SectionTitle id="text">As plain text</SectionTitle>
        <pre className="overflow-x-auto border border-rule bg-sheet p-4.5 text-nav whitespace-pre-wrap wrap-anywhere"><LinkedText>{text}</LinkedText></pre>
      </section>
      <details>
        <summary className="min-h-11 py-2 font-semibold">Headers</summary>
        <dl className="mt-2 space-y-2 font-mono text-fine">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}><dt className="inline font-semibold">{name}: </dt><dd className="inline wrap-anywhere">{value}</dd></div>
          ))}
        </dl>
      </details>
    </>
  )
}
