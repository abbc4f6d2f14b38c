import type { ReactNode } from 'react'

const tones = {
  green: 'bg-green-wash text-green',
  amber: 'bg-amber-wash text-amber',
  red: 'bg-red-wash text-red',
  plain: 'bg-wash text-ink2',
} as const

/** A tag. Its words say all; the tone only repeats them. */
export function Pill({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return (
    <span className={`inline-block rounded-xs px-2 text-fine font-semibold print:border print:border-ink ${tones[tone]}`}>
      {children}
    </span>
  )
}
