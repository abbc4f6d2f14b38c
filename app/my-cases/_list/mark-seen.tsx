'use client'

import { useEffect } from 'react'

/** Says, once the page stands, that its reader has seen the changes until this one. */
export function MarkSeen({ through }: { through: number }) {
  useEffect(() => {
    import('../../_trpc/browser-client.ts').then(({ browserClient }) => browserClient.myCases.seen.mutate({ through })).catch(() => undefined)
  }, [through])
  return null
}
