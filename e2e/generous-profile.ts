import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const profileForm = z.looseObject({ limits: z.looseObject({}) })

/** The shipped profile, but for the limit of one client address (H1): all browsers of the tests are one. Its path. */
export function writeGenerousProfile(folder: string): string {
  const shipped = profileForm.parse(JSON.parse(readFileSync('server/profile/missouri.json', 'utf8')))
  const path = join(folder, 'generous-profile.json')
  writeFileSync(path, JSON.stringify({ ...shipped, limits: { ...shipped.limits, clientPerHour: 10_000 } }))
  return path
}
