import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// What a run of the browser tests has to itself: a folder and ports, so that it disturbs nobody. Its first process makes
// them and takes the folder away at the end; every other one reads of them in its environment.

/** The service on each engine, and on SQLite again with the other captcha. */
export const services = ['sqlite', 'hcaptcha', 'postgres'] as const
export type ServiceName = (typeof services)[number]

const places = [...services, 'standIn'] as const
type Place = (typeof places)[number]

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ttc-browser-tests-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const probe = createServer().once('error', () => resolve(false))
  probe.listen(port, () => probe.close(() => resolve(true)))
})

/** The first of as many neighbouring ports that nothing listens on. Below those that a system gives to outgoing connections. */
export async function findFreePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = randomInt(20_000, 30_000)
    const all = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)))
    if (all.every(Boolean)) return first
  }
  throw new Error('The browser tests found no free ports between 20000 and 30000.')
}

/** Where the services keep what they keep. */
export const folder = process.env['TTC_BROWSER_TESTS_FOLDER'] ??= makeFolder()
const firstPort = Number(process.env['TTC_BROWSER_TESTS_PORT'] ??= String(await findFreePorts(places.length)))

export const portOf = (place: Place): number => firstPort + places.indexOf(place)
export const originOf = (place: Place): string => `http://localhost:${portOf(place)}`
