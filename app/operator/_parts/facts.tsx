import type { ReactNode } from 'react'

/** Facts of one kind, each with its name. */
export const Facts = ({ facts }: { facts: readonly { readonly name: string; readonly fact: ReactNode }[] }) => (
  <dl className="border border-rule bg-sheet">
    {facts.map(({ name, fact }) => (
      <div key={name} className="grid gap-x-4 border-rule px-3.5 py-2 not-last:border-b sm:grid-cols-[16rem_minmax(0,1fr)]">
        <dt className="text-ink2">{name}</dt>
        <dd className="tabular-nums">{fact}</dd>
      </div>
    ))}
  </dl>
)
