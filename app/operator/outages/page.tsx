import { answerPage } from '../../_pages/answer-page.tsx'
import { readFormPage } from '../../_forms/read-form-page.ts'
import { getCaller, orNotFound } from '../../_trpc/caller.ts'
import { requireOperator } from '../../_trpc/require-operator.ts'
import { Button } from '../../_ui/button.tsx'
import { CheckboxRow } from '../../_ui/checkbox-row.tsx'
import { DataTable } from '../../_ui/data-table.tsx'
import { TextField } from '../../_ui/field.tsx'
import { readFrame } from '../../_ui/frame.ts'
import { SectionTitle } from '../../_ui/page-title.tsx'
import { Sheet } from '../../_ui/sheet.tsx'
import type { Query } from '../../_ui/with-query.ts'
import { outageWords } from '../../../server/contract/outages-view.ts'
import { ActForm } from '../_parts/act-form.tsx'
import { OperatorFrame, operatorMetadata } from '../_parts/operator-frame.tsx'

export const generateMetadata = operatorMetadata('Operator: outages')

/** Announces outages and ends them (I6). */
export default answerPage(async function OutagesPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireOperator('/operator/outages')
  const announced = await orNotFound((await getCaller()).operator.outages())
  const [{ now, timeZone }, form] = await Promise.all([readFrame(), readFormPage(searchParams)])
  const field = (name: string, label: string) =>
    ({ id: name, name, label, defaultValue: form.typed[name] ?? '', error: form.fields[name] })
  return (
    <OperatorFrame open="/operator/outages" title="Outages" form={form}>
      <section>
        <SectionTitle>Under way and to come</SectionTitle>
        {announced.length === 0 ? <p className="text-ink2">None is announced.</p> : (
          <DataTable
            isDense
            caption="Announced outages"
            columns={[{ label: 'When' }, { label: 'What' }, { label: 'Kind' }, { label: 'What to do' }]}
            rows={announced.map((outage) => ({
              key: String(outage.id),
              cells: [
                outageWords(outage, timeZone, now), outage.what, outage.kind === 'planned' ? 'Planned' : 'Unplanned',
                <ActForm key="end" action="endOutage" id={outage.id} button={outage.startsAt > now ? 'Call it off' : 'End it now'} of={`outage ${outage.id}`} />,
              ],
            }))}
          />
        )}
        <p className="mt-2"><a className="inline-flex min-h-11 items-center" href="/status">The log of all outages</a></p>
      </section>
      <section>
        <SectionTitle>Announce an outage</SectionTitle>
        <Sheet isPanel className="max-w-2xl">
          <form method="post" action="/api/forms/operator" noValidate className="space-y-4.5">
            <input type="hidden" name="action" value="announceOutage" />
            <TextField {...field('what', 'What will not work, or what for')} hint="One plain sentence. Every page says it from now until the outage ends." maxLength={500} />
            <div className="grid gap-4.5 sm:grid-cols-2">
              <TextField {...field('startsAt', 'Day it begins')} type="date" hint="Court time" />
              <TextField {...field('startsAtTime', 'Time it begins')} type="time" hint="Court time" />
              <TextField {...field('endsAt', 'Day it ends')} type="date" hint="May be left out if it is not planned" />
              <TextField {...field('endsAtTime', 'Time it ends')} type="time" hint="May be left out if it is not planned" />
            </div>
            <CheckboxRow
              id="unplanned" name="unplanned" value="on" label="It is not planned" defaultChecked={(form.typed['unplanned'] ?? '') !== ''}
              hint="A planned one is announced at least three business days ahead. One that is not may have begun: without a day and a time it begins now."
            />
            <Button>Announce it</Button>
          </form>
        </Sheet>
      </section>
    </OperatorFrame>
  )
})
