import { describe, expect, it } from 'vitest'
import { createMetrics } from './prom-metrics.ts'

describe('metrics', () => {
  it('are Prometheus\'s text, facts and what the process counted', async () => {
    const metrics = createMetrics('worker')
    metrics.count('providerAnswers', { channel: 'email', outcome: 'accepted' }, 2)
    metrics.tookRequest('BREW', 404, 0.02)
    const text = await metrics.write([
      { name: 'ttc_outbox_messages', help: 'Messages.', type: 'gauge', samples: [{ labels: { kind: 'notice', state: 'waiting' }, value: 3 }] },
      { name: 'ttc_evening_runs_total', help: 'Runs.', type: 'counter', samples: [{ value: 7 }] },
    ])
    expect(metrics.contentType).toContain('version=0.0.4')
    expect(text).toContain('# TYPE ttc_outbox_messages gauge\nttc_outbox_messages{kind="notice",state="waiting"} 3\n')
    expect(text).toContain('# TYPE ttc_evening_runs_total counter\nttc_evening_runs_total 7\n')
    expect(text).toContain('ttc_provider_answers_total{channel="email",outcome="accepted",process="worker"} 2\n')
    expect(text).toMatch(/ttc_http_request_duration_seconds_count\{process="worker",method="other",status="404"\} 1\n/)
    // Every line is a sample, a help or a type.
    for (const line of text.split('\n').filter((one) => one !== '')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? (Na[nN]|[+-]?Inf|-?[\d.e+-]+))$/)
  })
})
