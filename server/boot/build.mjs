import { failWith } from './environment.mjs'
import { buildPages, installDependencies } from './prepare.mjs'

try {
  await installDependencies()
  await buildPages({ isForced: true })
} catch (error) {
  failWith(error)
}
