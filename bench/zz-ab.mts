import { mkdtempSync } from 'node:fs'
import { makeTemplate, withCopy } from '/work/main/bench/databases.ts'
import { holdOurEvening } from '/work/main/bench/our-evening.ts'
import { holdBareEvening } from '/work/main/bench/bare-evening.ts'
import { startProvider } from '/work/main/bench/start-provider.ts'
const t = await makeTemplate(mkdtempSync('/tmp/prof-'), 'x', { cases: 100000, subscriptions: 100000, entries: 20000 })
const provider = await startProvider()
const n = Number(process.argv[2] ?? 3)
for (let i = 0; i <= n; i++) {
  const o = await withCopy(t, (f) => holdOurEvening(f, provider.url)); const b = await withCopy(t, (f) => holdBareEvening(f, provider.url))
  console.log('ours', (o.processorMs / o.mails * 1000).toFixed(0), 'bare', (b.processorMs / b.mails * 1000).toFixed(0), (o.processorMs / b.processorMs).toFixed(2), 'wall', (o.ms/b.ms).toFixed(2), JSON.stringify(o.parts))
}
await provider.close()
