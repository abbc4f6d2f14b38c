import type { ReactNode } from 'react'
import { middleDay } from '../../../_ui/day-words.ts'
import { Pill } from '../../../_ui/pill.tsx'
import type { CaseView } from '../../../../server/contract/views.ts'
import { splitCaption } from './split-caption.ts'

/** The head of a court paper: the sides on the left, a bracket, then number, court, judge, type and status. */
export function CaptionBlock({ shown }: { shown: CaseView }) {
  return (
    <div className="mb-7 grid gap-5 md:grid-cols-[minmax(0,1fr)_1.75rem_minmax(0,22.5rem)] md:gap-y-0 md:gap-x-5">
      <Title caption={shown.caption} />
      <div aria-hidden="true" className="hidden border border-l-0 border-rule-strong md:block md:w-3 md:justify-self-end" />
      <dl className="grid grid-cols-[5.25rem_minmax(0,1fr)] content-center gap-x-3 gap-y-1.5 border-t border-rule-strong pt-3.5 text-nav md:border-t-0 md:py-1">
        <Fact name="Case"><span className="text-lead font-[650] tracking-[0.015em] tabular-nums">{shown.number}</span></Fact>
        <Fact name="Court">{shown.court.name}</Fact>
        {shown.judge === null ? null : <Fact name="Judge">{shown.judge}</Fact>}
        <Fact name="Type">{typeWords(shown)}</Fact>
        <Fact name="Status">{shown.status === 'open' ? <Pill tone="green">Open</Pill> : <Pill tone="plain">Closed</Pill>}</Fact>
      </dl>
    </div>
  )
}

const typeWords = ({ caseTypeName, filedOn }: CaseView): string =>
  filedOn === null ? caseTypeName : `${caseTypeName}, filed ${middleDay(filedOn)}`

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink3">{name}</dt>
      <dd className="min-w-0 font-medium wrap-anywhere">{children}</dd>
    </>
  )
}

function Title({ caption }: { caption: string }) {
  const sides = splitCaption(caption)
  const look = `self-center font-serif font-semibold tracking-[-0.012em] wrap-anywhere ${sizeOf(caption)}`
  if (sides === null) return <h1 className={look}>{caption}</h1>
  return (
    <h1 className={look}>
      <span className="block">{sides.first}</span>{' '}
      <span className="my-1.5 block font-[Georgia,serif] text-lead font-normal tracking-normal text-ink3 italic">{sides.versus}</span>{' '}
      <span className="block font-medium">{sides.second}</span>
    </h1>
  )
}

/** A name that fills three lines at full size is read more easily smaller. */
function sizeOf(caption: string): string {
  if (caption.length > 240) return 'text-lead'
  if (caption.length > 110) return 'text-section md:text-[1.75rem] md:leading-tight'
  return 'text-[1.82rem] leading-tight md:text-case'
}
