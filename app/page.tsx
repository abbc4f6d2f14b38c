import { answerPage } from './_pages/answer-page.tsx'
import { readFrame } from './_ui/frame.ts'
import { PageMain } from './_ui/page-main.tsx'
import { PageTitle, SectionTitle } from './_ui/page-title.tsx'
import { SearchForm } from './_ui/search-form.tsx'
import { Sheet } from './_ui/sheet.tsx'

const steps = [
  ['Find the case', 'Search by case number or by a name, and open the case.'],
  ['Ask to track it', 'Press “Track This Case” and give your e-mail address. You need no account, and you may track any number of cases.'],
  ['Confirm', 'Open the e-mail we send you and confirm within 7 days. From then on you are told of each new, corrected or voided entry.'],
] as const

export default answerPage(async function HomePage() {
  const frame = await readFrame()
  return (
    <PageMain>
      <PageTitle lead={`Look up a ${frame.state} court case, and get a free e-mail in the evening of any day on which something is entered in it.`}>
        Find a court case
      </PageTitle>
      <Sheet isPanel>
        <SearchForm frame={frame} />
      </Sheet>
      <div className="mt-10 grid gap-x-14 gap-y-10 lg:grid-cols-2">
        <section aria-labelledby="how">
          <SectionTitle id="how">How it works</SectionTitle>
          <ol className="border-b border-rule">
            {steps.map(([title, words], index) => (
              <li key={title} className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3 border-t border-rule py-3.5">
                <span aria-hidden="true" className="font-serif text-section font-semibold text-red">{index + 1}</span>
                <div>
                  <h3 className="font-[650]">{title}</h3>
                  <p className="text-ink2">{words}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
        <section aria-labelledby="not">
          <SectionTitle id="not">What it is not</SectionTitle>
          <ul className="max-w-measure list-disc space-y-2 pl-5 marker:text-red">
            <li>It is a courtesy: not official court notice, not service of process and not legal advice.</li>
            <li>Notices leave in the evening. They can be late or lost.</li>
            <li>It excuses no deadline and no appearance. A deadline runs from the filing date, not from our notice.</li>
            <li>Tracking covers one case number. A person’s other cases need their own.</li>
            <li>Some courts and some types of case take no part. <a href="/courts">See which courts do</a>.</li>
          </ul>
          <p className="mt-4 max-w-measure">Look at the case itself before each hearing. <a href="/help">Read the help</a> for more.</p>
        </section>
      </div>
    </PageMain>
  )
})
