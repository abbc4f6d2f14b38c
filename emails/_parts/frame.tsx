import type { ReactElement, ReactNode } from 'react'
import { Body, Container, Head, Heading, Html, Preview, Section } from 'react-email'
import { body, colour, fine, sans, sheetRules } from './palette.ts'
import { helpHours, linksBeginWith } from './phrases.ts'
import { plainLine } from './plain.ts'
import { TextLink } from './text-link.tsx'

/** What every e-mail of ours carries, whatever it is about. The court's own words, formatted. */
export interface FrameProps {
  readonly serviceName: string
  /** Scheme and host that every link to the service begins with. */
  readonly origin: string
  readonly helpDesk: { readonly name: string; readonly email: string; readonly phone: string; readonly hours: string }
  readonly notOfficial: string
}

interface SheetProps extends FrameProps {
  /** The title of the document and the one heading of first rank. */
  readonly heading: string
  /** What a list of mails shows beside the subject: `Preheader`. */
  readonly preheader: ReactNode
  /** Stands first in the foot, where stop links for everything belong. */
  readonly footLead: ReactNode
  readonly children: ReactNode
}

/** As many characters as mail programs show at most; React Email's Preview would cut at 200 units, through a character. */
const preheaderLength = 180

/** What a list of mails shows beside the subject: the substance, most important first. */
export function Preheader({ substance }: { readonly substance: readonly string[] }): ReactElement {
  const all = substance.map(plainLine).filter(part => part !== '').join(' ')
  return <Preview useTitleTag={false}>{all.length <= preheaderLength ? all : `${all.slice(0, preheaderLength).replace(/[\uD800-\uDBFF]$/, '')}…`}</Preview>
}

export const Frame = ({ substance, ...props }: Omit<SheetProps, 'preheader'> & { readonly substance: readonly string[] }): ReactElement =>
  <Sheet {...props} preheader={<Preheader substance={substance} />} />

/** The 600 px sheet with its navy rule, heading and grey foot; as wide as the screen where that is narrower. */
export function Sheet(props: SheetProps): ReactElement {
  const heading = plainLine(props.heading)
  const { helpDesk } = props
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>{heading}</title>
        <style>{sheetRules}</style>
      </Head>
      <Body className="page" style={{ backgroundColor: colour.ground, margin: 0, padding: '24px 8px' }}>
        {props.preheader}
        <Container
          className="sheet"
          style={{
            maxWidth: 600,
            backgroundColor: colour.sheet,
            border: `1px solid ${colour.rule}`,
            borderTop: `4px solid ${colour.navy}`,
            overflowWrap: 'anywhere',
          }}
        >
          {/* The type stands on each table: shown without a doctype, a table takes no size or colour from what it is in. */}
          <Section tdClassName="gap" style={{ ...body, color: colour.ink, fontFamily: sans, padding: '22px 28px 26px' }}>
            <p className="soft" style={{ ...fine, margin: '0 0 6px', color: colour.ink3 }}>{props.serviceName}</p>
            <Heading as="h1" style={{ margin: 0, font: '600 27px/33px Georgia,serif' }}>{heading}</Heading>
            {props.children}
          </Section>
          <Section
            className="foot"
            tdClassName="gap"
            style={{ ...fine, backgroundColor: colour.wash, color: colour.ink2, fontFamily: sans, padding: '16px 28px 24px' }}
          >
            {props.footLead}
            <p style={{ margin: '0 0 14px' }}>
              <b>{helpDesk.name}</b>
              <br />
              <TextLink href={`mailto:${helpDesk.email}`}>{helpDesk.email}</TextLink>
              <br />
              {helpDesk.phone}
              <br />
              {helpHours(helpDesk.hours)}
            </p>
            <p style={{ margin: '0 0 14px' }}>{props.notOfficial}</p>
            <p style={{ margin: 0 }}>
              {linksBeginWith(props.serviceName)}
              <br />
              {props.origin}
            </p>
          </Section>
        </Container>
      </Body>
    </Html>
  )
}
