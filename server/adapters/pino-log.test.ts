import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** What the log writes of an error, as a process of its own writes it. */
function logged(make: string): string {
  const program = `const { pinoLog } = await import(${JSON.stringify(fileURLToPath(new URL('./pino-log.ts', import.meta.url)))}); pinoLog('test').error('It failed', ${make})`
  const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8' })
  return stderr
}

describe('the log', () => {
  it('marks each line with the request and the run that it belongs to', () => {
    const program = `const { setTimeout: sleep } = await import('node:timers/promises')
      const { pinoLog } = await import(${JSON.stringify(fileURLToPath(new URL('./pino-log.ts', import.meta.url)))})
      const log = pinoLog('test')
      await Promise.all(['r1', 'r2'].map((request) => log.during({ request }, async () => {
        await sleep(5)
        await log.during({ run: 'e' + request }, async () => { await sleep(5); log.info('Within', { of: request }) })
      })))
      log.info('Outside')`
    const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8' })
    const lines = stderr.trim().split('\n').map((line) => line.replace(/^.*"process"/, '"process"'))
    expect(lines.toSorted()).toEqual([
      '"process":"test","msg":"Outside"}',
      '"process":"test","request":"r1","run":"er1","of":"r1","msg":"Within"}', '"process":"test","request":"r2","run":"er2","of":"r2","msg":"Within"}',
    ])
  })

  it('says of an error what went wrong and never what a query was asked with, however deep it lies (H5)', () => {
    const line = logged(`new Error('The evening failed', { cause: new Error('Failed query: insert\\nparams: reader@example.com,Docket text', { cause: new Error('for reader@example.com: gone') }) })`)
    expect(line).toContain('"message":"The evening failed"')
    expect(line).toContain('Failed query: insert ← for …@… gone')
    expect(line).not.toMatch(/reader|Docket text/)
  })
})
