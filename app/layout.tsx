import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import type { ReactNode } from 'react'
import { readAnnouncements } from './_ui/announcements.ts'
import { readVisitorSoon } from './_trpc/visitor.ts'
import { readFrame } from './_ui/frame.ts'
import { Masthead } from './_ui/masthead.tsx'
import { PageFoot } from './_ui/page-foot.tsx'
import './globals.css'

// Every answer carries its own nonce in the content security policy, so no page can be built ahead.
export const dynamic = 'force-dynamic'

const publicSans = localFont({
  src: '../node_modules/@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-public-sans',
  adjustFontFallback: 'Arial',
  display: 'swap',
})

// Of the serif only this weight is used: all of them in one file weigh 30 KB more (P10).
const sourceSerif = localFont({
  src: '../node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2',
  weight: '600',
  variable: '--font-source-serif',
  adjustFontFallback: 'Times New Roman',
  display: 'swap',
})

export async function generateMetadata(): Promise<Metadata> {
  const { serviceName, state } = await readFrame()
  return {
    title: { default: serviceName, template: `%s · ${serviceName}` },
    description: `Find a ${state} court case and be told by e-mail when something is entered in it.`,
    // Phones guess numbers in case numbers and dates.
    formatDetection: { telephone: false, date: false, address: false, email: false },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: '#0e2340',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [frame, announced, visitor] = await Promise.all([readFrame(), readAnnouncements(), readVisitorSoon()])
  return (
    <html lang="en" className={`${publicSans.variable} ${sourceSerif.variable}`}>
      <body>
        <a
          href="#main"
          className="absolute left-2 top-2 z-50 -translate-y-24 rounded-sm bg-sheet px-4 py-2.5 font-semibold focus:translate-y-0"
        >
          Skip to main content
        </a>
        <Masthead frame={frame} announced={announced} visitor={visitor} />
        {children}
        <PageFoot helpDesk={frame.helpDesk} legalAuthority={frame.legalAuthority} />
      </body>
    </html>
  )
}
