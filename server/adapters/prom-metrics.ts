import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { MetricFact } from '../contract/metric-facts.ts'
import type { Meter } from '../ports.ts'

/** Prometheus text format 0.0.4. */
export interface Metrics extends Meter {
  readonly contentType: string
  /** What this process counted since it began, behind the facts that are given. */
  write(facts: readonly MetricFact[]): Promise<string>
}

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS'])
const requestSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Counts in a registry of its own: several in one process do not meet. */
export function createMetrics(role: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ process: role })
  collectDefaultMetrics({ register: registry })
  const counters = {
    providerAnswers: new Counter({
      name: 'ttc_provider_answers_total', help: 'Requests to a mail or text provider by what came of them.', labelNames: ['channel', 'outcome'], registers: [registry],
    }),
    messagesSettled: new Counter({
      name: 'ttc_messages_settled_total', help: 'Messages that this process attended to, by what became of them; retrying: they wait for another try.',
      labelNames: ['channel', 'outcome'], registers: [registry],
    }),
  }
  const requests = new Histogram({
    name: 'ttc_http_request_duration_seconds', help: 'How long answers took.', labelNames: ['method', 'status'], buckets: requestSeconds, registers: [registry],
  })
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    count: (what, of, by) => counters[what].inc({ ...of }, by),
    tookRequest: (method, status, seconds) => requests.observe({ method: methods.has(method) ? method : 'other', status: String(status) }, seconds),
    async write(facts) {
      const known = new Registry()
      for (const fact of facts) put(known, fact)
      return await known.metrics() + await registry.metrics()
    },
  }
}

function put(registry: Registry, { name, help, type, samples }: MetricFact): void {
  const labelNames = [...new Set(samples.flatMap(({ labels = {} }) => Object.keys(labels)))]
  if (type === 'gauge') {
    const gauge = new Gauge({ name, help, labelNames, registers: [registry] })
    for (const { labels = {}, value } of samples) gauge.set({ ...labels }, value)
  } else {
    const counter = new Counter({ name, help, labelNames, registers: [registry] })
    for (const { labels = {}, value } of samples) counter.inc({ ...labels }, value)
  }
}
